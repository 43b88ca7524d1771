package org.knockon.streams.catalogue;

import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;
import org.knockon.streams.codec.Broadcast;
import org.knockon.streams.failure.InputCheck;
import org.knockon.streams.failure.RawRecord;
import org.knockon.streams.settings.ClockMode;
import org.knockon.streams.task.Activity;
import org.knockon.streams.task.Names;

/** Sends each change to the systems or the care services to every partition. */
public final class CatalogueBroadcaster<V> extends ContextualProcessor<String, RawRecord<V>, Object, Object> {

    private final Topic<V> topic;
    private final InputCheck<V> check;
    private final ToBroadcast<V> toBroadcast;
    private final ClockMode clock;
    private final Activity activity;

    private CatalogueBroadcaster(Topic<V> topic, ToBroadcast<V> toBroadcast, ClockMode clock, Activity activity) {
        this.topic = topic;
        check = new InputCheck<>(topic);
        this.toBroadcast = toBroadcast;
        this.clock = clock;
        this.activity = activity;
    }

    public static CatalogueBroadcaster<MonitoredSystem> ofSystems(ClockMode clock, Activity activity) {
        return new CatalogueBroadcaster<>(
                Topics.SYSTEMS,
                (key, system) -> system == null ? new Broadcast.SystemRemoved(key) : new Broadcast.SystemPut(system),
                clock,
                activity);
    }

    public static CatalogueBroadcaster<CareService> ofServices(ClockMode clock, Activity activity) {
        return new CatalogueBroadcaster<>(
                Topics.CARE_SERVICES,
                (key, service) ->
                        service == null ? new Broadcast.ServiceRemoved(key) : new Broadcast.ServicePut(service),
                clock,
                activity);
    }

    @Override
    public void process(Record<String, RawRecord<V>> record) {
        activity.processed();
        String key = record.key();
        V value = check.require(key, record.value(), clock.latest(context().currentSystemTimeMs()));
        context()
                .forward(
                        new Record<>(key, toBroadcast.apply(key, topic.keyed(key, value)), record.timestamp()),
                        Names.TO_CATALOGUE_BROADCAST);
    }

    private interface ToBroadcast<V> {
        Broadcast apply(String key, V value);
    }
}
