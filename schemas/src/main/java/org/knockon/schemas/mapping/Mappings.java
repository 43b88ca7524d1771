package org.knockon.schemas.mapping;

import java.util.Map;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;

/** The mapping of each topic that has a schema. */
public final class Mappings {

    private static final CountsMapping COUNTS = new CountsMapping();

    private static final Map<Topic<?>, RecordMapping<?, ?>> BY_TOPIC = Map.of(
            Topics.SYSTEMS, new SystemMapping(),
            Topics.CARE_SERVICES, new CareServiceMapping(),
            Topics.SYSTEM_HEALTH, new ObservationMapping(),
            Topics.APPOINTMENTS, new AppointmentMapping(),
            Topics.OUTAGES, new OutageMapping(),
            Topics.CARE_IMPACTS, new ImpactMapping(),
            Topics.IMPACT_COUNTS, COUNTS,
            Topics.IMPACT_HISTORY, COUNTS,
            Topics.INPUT_PROGRESS, new ProgressMapping());

    private Mappings() {}

    @SuppressWarnings("unchecked") // the table above pairs each topic with a mapping of its value type
    public static <V> RecordMapping<V, ?> of(Topic<V> topic) {
        RecordMapping<?, ?> mapping = BY_TOPIC.get(topic);
        if (mapping == null) {
            throw new IllegalArgumentException(topic.shortName() + " has no schema: its values are bytes");
        }
        return (RecordMapping<V, ?>) mapping;
    }
}
