package org.knockon.benchmarks.outage;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.knockon.benchmarks.harness.AppSettings;
import org.knockon.benchmarks.harness.TopicReader;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;

/** Counts what the app has written since the last call, by reading it: offsets alone would include the ends of transactions. */
final class WrittenRecords implements AutoCloseable {

    private static final String CHANGELOGS = "changelogs";

    private final String prefix;
    private final TopicReader reader;

    /**
     * @param records by topic; all changelogs together
     * @param markers offsets used by the ends of transactions
     * @param cells distinct keys on impact-counts
     */
    record Count(Map<String, Long> records, long markers, int cells) {

        /** All but changelogs. */
        long withoutChangelogs() {
            return records.entrySet().stream()
                    .filter(entry -> !entry.getKey().equals(CHANGELOGS))
                    .mapToLong(Map.Entry::getValue)
                    .sum();
        }

        long of(Topic<?> topic) {
            return records.getOrDefault(topic.shortName(), 0L);
        }
    }

    /** Starts at the current ends. */
    WrittenRecords(String prefix, Map<String, Object> client) {
        this.prefix = prefix;
        Set<String> inputs = Set.of(
                Topics.SYSTEMS.name(prefix),
                Topics.CARE_SERVICES.name(prefix),
                Topics.SYSTEM_HEALTH.name(prefix),
                Topics.APPOINTMENTS.name(prefix));
        // Progress is reported by time, not by work.
        Set<String> outputs = Topics.all().stream()
                .filter(topic -> topic != Topics.INPUT_PROGRESS)
                .map(topic -> topic.name(prefix))
                .filter(name -> !inputs.contains(name))
                .collect(Collectors.toSet());
        reader = TopicReader.committed(
                client,
                TopicReader.topicNames(client).stream()
                        .filter(name -> outputs.contains(name) || isChangelog(name))
                        .toList());
        reader.skipToEnd();
    }

    /** Reads to the current ends. */
    Count next() {
        long from = reader.offsets();
        Map<String, Long> records = new TreeMap<>();
        Set<String> cells = new HashSet<>();
        reader.readToEnd(record -> {
            String name =
                    isChangelog(record.topic()) ? CHANGELOGS : record.topic().substring(prefix.length());
            records.merge(name, 1L, Long::sum);
            if (name.equals(Topics.IMPACT_COUNTS.shortName())) {
                cells.add(record.key());
            }
        });
        long read = records.values().stream().mapToLong(Long::longValue).sum();
        return new Count(records, reader.offsets() - from - read, cells.size());
    }

    private boolean isChangelog(String topic) {
        return topic.startsWith(AppSettings.group(prefix)) && topic.endsWith("-changelog");
    }

    @Override
    public void close() {
        reader.close();
    }
}
