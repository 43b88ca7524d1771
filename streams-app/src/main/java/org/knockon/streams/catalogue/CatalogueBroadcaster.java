package org.knockon.streams.catalogue;

import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.schemas.Topics;
import org.knockon.streams.Activity;
import org.knockon.streams.Names;
import org.knockon.streams.failure.InvalidEventException;
import org.knockon.streams.wire.Broadcast;

/** Tells every partition of each change to the systems or the care services. */
public final class CatalogueBroadcaster<V> extends ContextualProcessor<String, V, Object, Object> {

    private final Reading<V> reading;
    private final Activity activity;

    private CatalogueBroadcaster(Reading<V> reading, Activity activity) {
        this.reading = reading;
        this.activity = activity;
    }

    public static CatalogueBroadcaster<MonitoredSystem> ofSystems(Activity activity) {
        return new CatalogueBroadcaster<>(
                (key, system) -> system == null
                        ? new Broadcast.SystemRemoved(key)
                        : new Broadcast.SystemPut(Topics.SYSTEMS.keyed(key, system)),
                activity);
    }

    public static CatalogueBroadcaster<CareService> ofServices(Activity activity) {
        return new CatalogueBroadcaster<>(
                (key, service) -> service == null
                        ? new Broadcast.ServiceRemoved(key)
                        : new Broadcast.ServicePut(Topics.CARE_SERVICES.keyed(key, service)),
                activity);
    }

    @Override
    public void process(Record<String, V> record) {
        activity.processed();
        if (record.key() == null || record.key().isBlank()) {
            throw new InvalidEventException("the key is empty");
        }
        context()
                .forward(
                        new Record<>(record.key(), reading.read(record.key(), record.value()), record.timestamp()),
                        Names.TO_CATALOGUE_BROADCAST);
    }

    private interface Reading<V> {
        Broadcast read(String key, V value);
    }
}
