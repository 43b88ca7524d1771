package org.knockon.benchmarks.outage;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.knockon.benchmarks.harness.TopicReader;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;

/**
 * When an outage appears on each topic on its way, for two readers: one sees records as they are appended, the other once their
 * transaction is committed. The difference is the cost of the transaction. Record timestamps cannot show this: they are event time.
 * Both readers lag by one poll.
 */
final class HopTimer implements AutoCloseable {

    /** Key of the clock's ticks, which use the same topics but are no part of the outage. */
    private static final String TICK = "clock";

    private static final List<Topic<?>> PATH = List.of(Topics.BROADCAST, Topics.PARTIALS, Topics.IMPACT_COUNTS);

    private final LastSeen appended;
    private final LastSeen committed;

    HopTimer(String prefix, Map<String, Object> client) {
        List<String> topics = PATH.stream().map(topic -> topic.name(prefix)).toList();
        appended = new LastSeen(prefix, TopicReader.uncommitted(client, topics));
        committed = new LastSeen(prefix, TopicReader.committed(client, topics));
    }

    /** Forgets what was seen. */
    void restart() {
        appended.byTopic.clear();
        committed.byTopic.clear();
    }

    /**
     * Milliseconds of each step since {@code began}, in order; each is measured at the last record of a topic: first its work, then its
     * transaction. Call it some time after the counts were seen, so that both readers have seen the same.
     */
    Map<String, Double> since(long began) {
        Map<String, Double> steps = new LinkedHashMap<>();
        long before = began;
        for (Topic<?> topic : PATH) {
            long appendedAt = appended.at(topic);
            long committedAt = committed.at(topic);
            steps.put(topic.shortName() + " work", (appendedAt - before) / 1e6);
            steps.put(topic.shortName() + " transaction", (committedAt - appendedAt) / 1e6);
            before = committedAt;
        }
        return steps;
    }

    @Override
    public void close() {
        appended.close();
        committed.close();
    }

    /** The moment of the last record of each topic, seen in a thread of its own. */
    private static final class LastSeen {

        private final Map<String, Long> byTopic = new ConcurrentHashMap<>();
        private final String prefix;
        private final TopicReader reader;
        private final Thread thread;
        private volatile boolean closed;

        LastSeen(String prefix, TopicReader reader) {
            this.prefix = prefix;
            this.reader = reader;
            reader.skipToEnd();
            thread = new Thread(this::watch, "hop-timer");
            thread.setDaemon(true);
            thread.start();
        }

        private void watch() {
            while (!closed) {
                reader.poll(Duration.ofMillis(50), record -> {
                    if (!TICK.equals(record.key())) {
                        byTopic.put(record.topic().substring(prefix.length()), System.nanoTime());
                    }
                });
            }
            reader.close();
        }

        private long at(Topic<?> topic) {
            Long at = byTopic.get(topic.shortName());
            if (at == null) {
                throw new IllegalStateException("nothing was seen on " + topic.shortName());
            }
            return at;
        }

        private void close() {
            closed = true;
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
