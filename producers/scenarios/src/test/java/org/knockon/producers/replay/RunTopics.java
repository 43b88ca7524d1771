package org.knockon.producers.replay;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.knockon.producers.generate.ScenarioEvents;
import org.knockon.sandbox.Sandbox;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;
import org.knockon.schemas.admin.TopicAdmin;
import org.knockon.schemas.admin.TopicOptions;
import org.knockon.schemas.reading.CommittedReader;
import org.knockon.schemas.serde.KnockonSerdes;

/**
 * The input topics of replays.
 *
 * @param client addresses of the broker and the registry
 */
record RunTopics(Map<String, Object> client) {

    static final List<Topic<?>> INPUTS =
            List.of(Topics.SYSTEMS, Topics.CARE_SERVICES, Topics.SYSTEM_HEALTH, Topics.APPOINTMENTS);

    /** A record as a reader sees it, without partition and offset. */
    record Seen(String topic, String key, Object value, long timestamp) {}

    static RunTopics of(Sandbox sandbox) {
        return new RunTopics(Map.of(
                "bootstrap.servers", sandbox.bootstrapServers(), "schema.registry.url", sandbox.schemaRegistryUrl()));
    }

    /** Creates the topics of a run. */
    ReplaySettings create(String run, ReplaySpeed speed) {
        ReplaySettings settings = ReplaySettings.of(run, speed, client);
        try (Admin admin = Admin.create(client)) {
            TopicAdmin.create(admin, settings.topicPrefix(), TopicOptions.DEFAULT.forReplay());
        }
        return settings;
    }

    static ReplayProgress replay(ScenarioEvents events, ReplaySettings settings) {
        try (Replayer replayer = Replayer.connect(events, settings, progress -> {})) {
            return replayer.run();
        }
    }

    static List<Seen> expected(ScenarioEvents events) {
        return events.stream()
                .map(e -> new Seen(e.topic().shortName(), e.key(), e.value(), e.eventTime()))
                .toList();
    }

    /** All records that a reader of committed records sees. Also checks the exercise header of each. */
    List<Seen> read(ReplaySettings settings) {
        List<Seen> seen = new ArrayList<>();
        try (KnockonSerdes serdes = new KnockonSerdes(client)) {
            for (Topic<?> topic : INPUTS) {
                read(serdes, topic, settings, seen);
            }
        }
        return seen;
    }

    private <V> void read(KnockonSerdes serdes, Topic<V> topic, ReplaySettings settings, List<Seen> seen) {
        String name = topic.name(settings.topicPrefix());
        byte[] run = settings.run().getBytes(StandardCharsets.UTF_8);
        try (CommittedReader reader = new CommittedReader(client, List.of(name))) {
            reader.readToEnd(record -> {
                String key = new String(record.key(), StandardCharsets.UTF_8);
                V value = topic.keyed(key, serdes.value(topic).deserializer().deserialize(name, record.value()));
                if (!Arrays.equals(record.headers().lastHeader("exercise").value(), run)) {
                    throw new AssertionError("the exercise header does not name the run: " + record);
                }
                seen.add(new Seen(topic.shortName(), key, value, record.timestamp()));
            });
        }
    }
}
