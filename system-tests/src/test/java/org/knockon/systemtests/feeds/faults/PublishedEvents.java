package org.knockon.systemtests.feeds.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.Impact;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.impact.model.Observation;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;
import org.knockon.schemas.reading.CommittedReader;
import org.knockon.schemas.reading.OpenTransactions;
import org.knockon.schemas.serde.KnockonSerdes;
import org.knockon.systemtests.SharedSandbox;
import org.knockon.systemtests.feeds.TopicValues;

/** What the topics of one prefix hold, as a reader of committed records sees it. */
final class PublishedEvents {

    private final Map<String, Object> client;
    private final String prefix;

    PublishedEvents(SharedSandbox.Place place, String prefix) {
        client =
                Map.of("bootstrap.servers", place.bootstrapServers(), "schema.registry.url", place.schemaRegistryUrl());
        this.prefix = prefix;
    }

    /**
     * All appointments.
     *
     * @param newest by id, as the pipeline orders versions
     * @param all of every version
     * @param messageIds control ids and the like, from the headers
     */
    record Bookings(
            Map<String, Message.Booking> newest, Set<Message.Booking> all, Set<String> messageIds, int records) {}

    Bookings bookings() {
        Map<String, AppointmentVersion> newest = new HashMap<>();
        Set<Message.Booking> all = new HashSet<>();
        Set<String> ids = new HashSet<>();
        int[] records = {0};
        read(Topics.APPOINTMENTS, (record, version) -> {
            newest.merge(version.appointmentId(), version, PublishedEvents::newer);
            all.add(booking(version));
            ids.add(new String(record.headers().lastHeader("ce_id").value(), UTF_8));
            records[0]++;
        });
        Map<String, Message.Booking> last = new HashMap<>();
        newest.forEach((id, version) -> last.put(id, booking(version)));
        return new Bookings(last, all, ids, records[0]);
    }

    private static Message.Booking booking(AppointmentVersion version) {
        return new Message.Booking(version.appointmentId(), version.status(), version.slotStart(), version.updatedAt());
    }

    private static AppointmentVersion newer(AppointmentVersion a, AppointmentVersion b) {
        if (a.sequence() != b.sequence()) {
            return a.sequence() > b.sequence() ? a : b;
        }
        return a.updatedAt() > b.updatedAt() ? a : b;
    }

    Set<Message.Health> health() {
        Set<Message.Health> all = new HashSet<>();
        read(Topics.SYSTEM_HEALTH, (record, seen) -> all.add(health(seen)));
        return all;
    }

    private static Message.Health health(Observation seen) {
        return new Message.Health(seen.systemId(), seen.status(), seen.observedAt());
    }

    /** The last impact of each appointment. */
    Map<String, Impact> impacts() {
        return values().impacts();
    }

    /** The last counts of each cell. */
    Map<String, ImpactCounts> cells() {
        return values().cells();
    }

    private TopicValues values() {
        return new TopicValues(client, prefix);
    }

    private <V> void read(Topic<V> topic, BiConsumer<ConsumerRecord<byte[], byte[]>, V> action) {
        OpenTransactions.awaitEnd(client, topic.name(prefix));
        try (KnockonSerdes serdes = new KnockonSerdes(client);
                CommittedReader reader = new CommittedReader(client, List.of(topic.name(prefix)))) {
            Deserializer<V> values = serdes.value(topic).deserializer();
            reader.readToEnd(record -> action.accept(record, values.deserialize(record.topic(), record.value())));
        }
    }
}
