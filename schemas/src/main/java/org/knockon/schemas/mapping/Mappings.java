package org.knockon.schemas.mapping;

import java.util.List;
import java.util.Map;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;
import org.knockon.schemas.wire.PlainReader;

/** The mapping of each topic that has a schema. */
public final class Mappings {

    private static final CountsMapping COUNTS = new CountsMapping();

    private static final Map<Topic<?>, RecordMapping<?, ?>> BY_TOPIC = Map.ofEntries(
            Map.entry(Topics.SYSTEMS, new SystemMapping()),
            Map.entry(Topics.CARE_SERVICES, new CareServiceMapping()),
            Map.entry(Topics.SYSTEM_HEALTH, new ObservationMapping()),
            Map.entry(Topics.APPOINTMENTS, new AppointmentMapping()),
            Map.entry(Topics.OUTAGES, new OutageMapping()),
            Map.entry(Topics.CARE_IMPACTS, new ImpactMapping()),
            Map.entry(Topics.IMPACT_COUNTS, COUNTS),
            Map.entry(Topics.IMPACT_HISTORY, COUNTS),
            Map.entry(Topics.INPUT_PROGRESS, new ProgressMapping()),
            Map.entry(Topics.REFUSALS, new RefusalMapping()),
            Map.entry(Topics.FEEDS, new FeedStateMapping()));

    private static final List<PlainReader<?>> PLAIN_READERS = List.of(new AppointmentReader(), new ObservationReader());

    private Mappings() {}

    /** Readers of the two topics with many records, for those that are written in exactly our schema. */
    public static List<PlainReader<?>> plainReaders() {
        return PLAIN_READERS;
    }

    @SuppressWarnings("unchecked") // the table above pairs each topic with a mapping of its value type
    public static <V> RecordMapping<V, ?> of(Topic<V> topic) {
        RecordMapping<?, ?> mapping = BY_TOPIC.get(topic);
        if (mapping == null) {
            throw new IllegalArgumentException(topic.shortName() + " has no schema: its values are bytes");
        }
        return (RecordMapping<V, ?>) mapping;
    }
}
