package org.knockon.benchmarks.outage;

import org.knockon.benchmarks.harness.Testbed;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Counts what the app has written since the last look, by reading it; offsets alone would count the marks of transactions too. */
final class WrittenRecords implements AutoCloseable {

    private static final String CHANGELOGS = "changelogs";
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final String prefix;
    private final Consumer<String, byte[]> consumer;
    private final List<TopicPartition> partitions = new ArrayList<>();

    /**
     * @param records by topic, changelogs in one
     * @param marks offsets taken up by the ends of transactions
     * @param cells different keys on impact-counts
     */
    record Page(Map<String, Long> records, long marks, int cells) {

        /** All but changelogs. */
        long written() {
            return records.entrySet().stream()
                    .filter(entry -> !entry.getKey().equals(CHANGELOGS))
                    .mapToLong(Map.Entry::getValue)
                    .sum();
        }

        long of(Topic<?> topic) {
            return records.getOrDefault(topic.shortName(), 0L);
        }
    }

    /** Starts at the ends as they are now. */
    WrittenRecords(String prefix, Map<String, Object> client) {
        this.prefix = prefix;
        Map<String, Object> committed = new HashMap<>(client);
        committed.put("isolation.level", "read_committed");
        committed.put("max.poll.records", 5_000);
        consumer = new KafkaConsumer<>(committed, new StringDeserializer(), new ByteArrayDeserializer());
        Set<String> written = new HashSet<>();
        for (Topic<?> topic : Topics.all()) {
            written.add(topic.name(prefix));
        }
        List.of(Topics.SYSTEMS, Topics.CARE_SERVICES, Topics.SYSTEM_HEALTH, Topics.APPOINTMENTS)
                .forEach(input -> written.remove(input.name(prefix)));
        consumer.listTopics().forEach((name, infos) -> {
            if (written.contains(name) || changelog(name)) {
                infos.forEach(info -> partitions.add(new TopicPartition(name, info.partition())));
            }
        });
        consumer.assign(partitions);
        consumer.endOffsets(partitions).forEach(consumer::seek);
    }

    /** Reads on to the ends as they are now. */
    Page turn() {
        Map<TopicPartition, Long> from = new HashMap<>();
        partitions.forEach(partition -> from.put(partition, consumer.position(partition)));
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Map<String, Long> records = new TreeMap<>();
        Set<String> cells = new HashSet<>();
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("cannot read what the app has written to its end");
            }
            for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(20))) {
                String name =
                        changelog(record.topic()) ? CHANGELOGS : record.topic().substring(prefix.length());
                records.merge(name, 1L, Long::sum);
                if (name.equals(Topics.IMPACT_COUNTS.shortName())) {
                    cells.add(record.key());
                }
            }
        }
        long offsets = 0;
        for (TopicPartition partition : partitions) {
            offsets += consumer.position(partition) - from.get(partition);
        }
        long read = records.values().stream().mapToLong(Long::longValue).sum();
        return new Page(records, offsets - read, cells.size());
    }

    private boolean changelog(String topic) {
        return topic.startsWith(Testbed.group(prefix)) && topic.endsWith("-changelog");
    }

    @Override
    public void close() {
        consumer.close();
    }
}
