package org.knockon.streams.app;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.knockon.schemas.PartitionProgress;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;
import org.knockon.schemas.serde.KnockonSerdes;
import org.knockon.streams.task.Activity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes how far this instance has read its partitions of the inputs, so that others need no right on the inputs or
 * on the group. Not in the transactions of the tasks: those end only while there is input, and a report must also show
 * that nothing happens.
 */
final class ProgressReporter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ProgressReporter.class);
    private static final String THREAD = "knockon-progress-report";
    private static final Duration LONGEST_SEND = Duration.ofSeconds(10);
    private static final List<Topic<?>> INPUTS =
            List.of(Topics.SYSTEMS, Topics.CARE_SERVICES, Topics.SYSTEM_HEALTH, Topics.APPOINTMENTS);

    private final Map<String, Topic<?>> inputs;
    private final String topic;
    private final Supplier<Collection<TopicPartition>> assigned;
    private final Activity activity;
    private final Progress progress;
    private final Admin admin;
    private final Producer<String, PartitionProgress> producer;
    private final PeriodicThread thread;
    private volatile boolean failing;

    private ProgressReporter(
            StreamsAppSettings settings,
            KnockonSerdes serdes,
            Activity activity,
            Supplier<Collection<TopicPartition>> assigned,
            Liveness liveness) {
        String prefix = settings.pipeline().prefix();
        inputs = INPUTS.stream().collect(Collectors.toMap(input -> input.name(prefix), input -> input));
        topic = Topics.INPUT_PROGRESS.name(prefix);
        this.assigned = assigned;
        this.activity = activity;
        producer = new KafkaProducer<>(
                config(settings.client()),
                new StringSerializer(),
                serdes.value(Topics.INPUT_PROGRESS).serializer());
        admin = Admin.create(new HashMap<>(settings.client()));
        progress = new Progress(admin, settings);
        thread = PeriodicThread.start(THREAD, PartitionProgress.REPORT_INTERVAL, this::report, liveness);
    }

    /** @param assigned supplies the partitions that this instance reads now */
    static ProgressReporter start(
            StreamsAppSettings settings,
            KnockonSerdes serdes,
            Activity activity,
            Supplier<Collection<TopicPartition>> assigned,
            Liveness liveness) {
        return new ProgressReporter(settings, serdes, activity, assigned, liveness);
    }

    private static Map<String, Object> config(Map<String, Object> client) {
        Map<String, Object> config = new HashMap<>(client);
        config.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        // A late report is worthless: the next one follows.
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, LONGEST_SEND.toMillis());
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) LONGEST_SEND.toMillis());
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) LONGEST_SEND.toMillis() / 2);
        return config;
    }

    private void report() throws InterruptedException {
        try {
            List<TopicPartition> read = assigned.get().stream()
                    .filter(partition -> inputs.containsKey(partition.topic()))
                    .toList();
            if (!read.isEmpty()) {
                report(read);
            }
        } catch (InterruptException e) {
            throw e;
        } catch (ExecutionException | KafkaException e) {
            FatalErrors.endProcessIfFatal(THREAD, e);
            notSent(e);
        }
    }

    private void report(List<TopicPartition> read) throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> ends = progress.ends(read);
        Map<TopicPartition, Long> committed = progress.committed();
        long clock = activity.clock();
        long now = System.currentTimeMillis();
        ends.forEach((partition, end) -> {
            Long position = committed.get(partition);
            long processed = progress.reached(partition, position, end) ? end : position == null ? 0 : position;
            send(new PartitionProgress(
                    inputs.get(partition.topic()).shortName(),
                    partition.partition(),
                    processed,
                    end,
                    clock == Long.MIN_VALUE ? null : clock,
                    now));
        });
    }

    private void send(PartitionProgress report) {
        producer.send(new ProducerRecord<>(topic, null, report.reportedAt(), report.key(), report), (sent, failure) -> {
            if (failure == null) {
                failing = false;
            } else {
                notSent(failure);
            }
        });
    }

    /** One line until it works again. */
    private void notSent(Exception failure) {
        if (!failing) {
            LOG.warn("cannot publish the progress on {}, will retry: {}", topic, failure.toString());
        }
        failing = true;
    }

    @Override
    public void close() {
        thread.close();
        producer.close(Duration.ofSeconds(1));
        admin.close(Duration.ofSeconds(1));
    }
}
