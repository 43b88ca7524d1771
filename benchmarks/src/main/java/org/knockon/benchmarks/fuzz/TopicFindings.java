package org.knockon.benchmarks.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.knockon.samples.PlantedSecrets;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;
import org.knockon.schemas.reading.CommittedReader;

/** What the run left on the topics. */
final class TopicFindings {

    private static final List<Topic<?>> EVENTS = List.of(Topics.APPOINTMENTS, Topics.SYSTEM_HEALTH);

    private final Map<String, Long> events = new HashMap<>();
    private final Map<String, Long> refusals = new HashMap<>();
    private final Set<String> ids = new HashSet<>();
    private final Set<String> appointments = new HashSet<>();
    private final List<String> leaks = new ArrayList<>();

    static TopicFindings read(Map<String, Object> client, String prefix) {
        TopicFindings findings = new TopicFindings();
        for (Topic<?> topic : List.of(Topics.APPOINTMENTS, Topics.SYSTEM_HEALTH, Topics.REFUSALS, Topics.FEEDS)) {
            try (CommittedReader reader = new CommittedReader(client, List.of(topic.name(prefix)))) {
                reader.readToEnd(record -> findings.add(topic, record));
            }
        }
        return findings;
    }

    private void add(Topic<?> topic, ConsumerRecord<byte[], byte[]> record) {
        StringBuilder text = new StringBuilder(new String(record.key(), ISO_8859_1));
        if (record.value() != null) {
            text.append(new String(record.value(), ISO_8859_1));
        }
        record.headers().forEach(header -> text.append(new String(header.value(), ISO_8859_1)));
        PlantedSecrets.in(text.toString())
                .ifPresent(secret -> leaks.add(topic.name("") + " holds " + secret
                        + PlantedSecrets.numberIn(text.toString())
                                .map(number -> " of input " + number)
                                .orElse("")));
        String feed = header(record, "ce_source").replaceFirst("^/feeds/", "");
        if (EVENTS.contains(topic)) {
            events.merge(feed, 1L, Long::sum);
            ids.add(feed + " " + header(record, "ce_id"));
            if (topic.equals(Topics.APPOINTMENTS)) {
                appointments.add(new String(record.key(), UTF_8));
            }
        } else if (topic.equals(Topics.REFUSALS)) {
            refusals.merge(feed, 1L, Long::sum);
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return Optional.ofNullable(record.headers().lastHeader(name))
                .map(Header::value)
                .map(value -> new String(value, UTF_8))
                .orElse("");
    }

    long events(String feed) {
        return events.getOrDefault(feed, 0L);
    }

    long refusals(String feed) {
        return refusals.getOrDefault(feed, 0L);
    }

    boolean hasId(String feed, String id) {
        return ids.contains(feed + " " + id);
    }

    boolean hasAppointment(String appointmentId) {
        return appointments.contains(appointmentId);
    }

    List<String> leaks() {
        return leaks;
    }
}
