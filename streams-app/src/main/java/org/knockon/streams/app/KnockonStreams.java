package org.knockon.streams.app;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.knockon.health.HealthEndpoints;
import org.knockon.health.HealthServer;
import org.knockon.schemas.registry.RegistryUnavailableException;
import org.knockon.schemas.serde.KnockonSerdes;
import org.knockon.streams.KnockonTopology;
import org.knockon.streams.task.Activity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running instance of the pipeline. An error of the JVM, such as running out of memory, ends the whole process:
 * see {@link FatalErrors}.
 *
 * <p>Valid: {@code start, awaitIdle or awaitEnd, close}. Invalid: any call after {@code close}, except {@code close}
 * and {@code failure}. The topics must exist: {@code knockon topics create}.
 */
public final class KnockonStreams implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KnockonStreams.class);
    /** Kafka Streams' default for the longest time between two polls. */
    private static final Duration LONGEST_CLOSE = Duration.ofMinutes(5);
    /** If nothing can be committed: no broker responds, or the app has failed. */
    private static final Duration LONGEST_CLOSE_WITHOUT_COMMIT = Duration.ofSeconds(30);

    private static final Duration CLOSE_STEP = Duration.ofSeconds(1);
    private static final Duration BEFORE_NEW_THREAD = Duration.ofSeconds(2);

    private final StreamsAppSettings settings;
    private final Activity activity = new Activity();
    private final KnockonSerdes serdes;
    private final Liveness liveness = new Liveness();
    private final RestoreProgress restore = new RestoreProgress();
    private final BrokerWatcher broker;
    private final InputProgressWatcher inputProgress;
    private final RocksDbMemory rocksDb;
    private final KafkaStreams streams;
    private final ProgressReporter progressReporter;
    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final KafkaStreamsMetrics streamsMetrics;
    private final HealthServer http;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final CountDownLatch ended = new CountDownLatch(1);

    private KnockonStreams(StreamsAppSettings settings) {
        this.settings = settings;
        String instance = InstanceName.of(settings.stateDir(), settings.applicationId());
        rocksDb = new RocksDbMemory(settings.rocksDbMemory());
        serdes = new KnockonSerdes(patient(settings.client()));
        broker = BrokerWatcher.start(settings, liveness);
        inputProgress = InputProgressWatcher.start(settings, liveness);
        streams = new KafkaStreams(
                KnockonTopology.build(settings.pipeline(), serdes, activity, inputProgress),
                StreamsProperties.of(settings, instance, rocksDb));
        streams.setGlobalStateRestoreListener(restore);
        streams.setUncaughtExceptionHandler(this::threadDied);
        streams.setStateListener((now, before) -> {
            LOG.info("streams app {} -> {}", before, now);
            if (now == KafkaStreams.State.ERROR || now == KafkaStreams.State.NOT_RUNNING) {
                ended.countDown();
            }
        });
        progressReporter = ProgressReporter.start(settings, serdes, activity, this::assigned, liveness);
        streamsMetrics = new KafkaStreamsMetrics(streams);
        http = settings.httpPort() < 0 ? null : healthServer();
    }

    private HealthServer healthServer() {
        Health health = new Health(streams::state, activity, liveness, restore, broker);
        try {
            return HealthServer.start(
                    settings.httpBind(),
                    settings.httpPort(),
                    new HealthEndpoints(health::live, health::ready, metrics::scrape),
                    liveness::thread);
        } catch (IOException e) {
            throw new SettingsException(List.of("http.port " + settings.httpPort() + " on " + settings.httpBind()
                    + " cannot be served: " + e.getMessage() + ". Choose another, 0 for any free one, or -1 for none"));
        }
    }

    /** The partitions that this instance reads now. */
    private Collection<TopicPartition> assigned() {
        return streams.metadataForLocalThreads().stream()
                .flatMap(thread -> thread.activeTasks().stream())
                .flatMap(task -> task.topicPartitions().stream())
                .toList();
    }

    /**
     * A thread that gives up on the registry is replaced only after the group has missed it for 45 s. So it retries
     * for nearly as long as it may go without a poll, five minutes, even with three URLs that all hang.
     */
    private static Map<String, Object> patient(Map<String, Object> client) {
        Map<String, Object> patient = new HashMap<>(client);
        patient.putIfAbsent("max.retries", "6");
        patient.putIfAbsent("http.connect.timeout.ms", "10000");
        patient.putIfAbsent("http.read.timeout.ms", "10000");
        return patient;
    }

    /** Starts consuming. Returns at once, before the stores are restored. */
    public static KnockonStreams start(StreamsAppSettings settings) {
        KnockonStreams app = new KnockonStreams(settings);
        app.bindMetrics();
        app.streams.start();
        return app;
    }

    /**
     * The committed positions: the next offset of each partition, such as {@code knockon.appointments-0}, that has
     * one. An instance that starts now continues from them.
     *
     * @throws KafkaException if the brokers do not respond
     */
    public static SortedMap<String, Long> committedPositions(StreamsAppSettings settings) {
        try (Admin admin = Admin.create(new HashMap<>(settings.client()))) {
            SortedMap<String, Long> positions = new TreeMap<>();
            new Progress(admin, settings)
                    .committed()
                    .forEach((partition, offset) -> positions.put(partition.toString(), offset));
            return positions;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return Collections.emptySortedMap();
            }
            throw new KafkaException(
                    "cannot read the committed positions: " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    public KafkaStreams.State state() {
        return streams.state();
    }

    public Activity activity() {
        return activity;
    }

    /** The failure that ended the app; null for none. */
    public Throwable failure() {
        return failure.get();
    }

    /** The port of the health and metrics endpoints, if there are any. */
    public OptionalInt httpPort() {
        return http == null ? OptionalInt.empty() : OptionalInt.of(http.port());
    }

    /**
     * Waits until all input has been consumed, no work is pending and all counts are on their topics and committed.
     *
     * @return false if that takes longer than {@code atMost}
     * @throws IllegalStateException if the app fails meanwhile
     */
    public boolean awaitIdle(Duration atMost) throws InterruptedException {
        return new IdleDetector(settings, activity, streams).await(atMost, this::requireNoFailure);
    }

    /** Waits until the app has stopped by itself or was closed; returns whether it has. */
    public boolean awaitEnd(Duration atMost) throws InterruptedException {
        return ended.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void requireNoFailure() {
        Throwable cause = failure.get();
        if (cause != null) {
            throw new IllegalStateException("the streams app has failed: " + cause.getMessage(), cause);
        }
    }

    /**
     * Commits, stops consuming and closes the stores; safe to call twice. Leaves the group, unless the settings say
     * that it stays: other instances then wait for this one until its session times out. Takes up to five minutes, or
     * 30 s if no broker responds or the app has failed: Kafka Streams first processes all records that it has fetched,
     * and discards stores that were not closed at the next start.
     */
    @Override
    public void close() {
        closeStreams();
        progressReporter.close();
        inputProgress.close();
        broker.close();
        ended.countDown();
        if (http != null) {
            http.close();
        }
        streamsMetrics.close();
        metrics.close();
        serdes.close();
        rocksDb.close();
    }

    private void closeStreams() {
        CloseOptions step = CloseOptions.timeout(CLOSE_STEP)
                .withGroupMembershipOperation(settings.onStop().operation());
        // Counts steps, not time: a machine that was suspended has not worked meanwhile.
        for (long taken = 1; !streams.close(step) && streams.state() != KafkaStreams.State.ERROR; taken++) {
            boolean canCommit = failure.get() == null && broker.isReachable();
            if (taken >= (canCommit ? LONGEST_CLOSE : LONGEST_CLOSE_WITHOUT_COMMIT).toSeconds()) {
                LOG.warn("not closed within {} s: the next start restores the state", taken);
                return;
            }
            if (taken == LONGEST_CLOSE_WITHOUT_COMMIT.toSeconds()) {
                LOG.warn("still closing: fetched records are processed first, for {} at most", LONGEST_CLOSE);
            }
        }
    }

    private StreamThreadExceptionResponse threadDied(Throwable cause) {
        FatalErrors.endProcessIfFatal(Thread.currentThread().getName(), cause);
        if (RegistryUnavailableException.isBehind(cause)) {
            LOG.warn("cannot reach the registry, will retry: {}", cause.toString());
            pause();
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        Throwable explained = StopReason.of(cause, settings.applicationId(), settings.stateDir());
        failure.compareAndSet(null, explained);
        liveness.ended(Thread.currentThread().getName(), cause);
        LOG.error("the streams app stops: {}", explained.toString());
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    private static void pause() {
        try {
            Thread.sleep(BEFORE_NEW_THREAD.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void bindMetrics() {
        streamsMetrics.bindTo(metrics);
        gauge("knockon.pipeline.records", "Input records processed", Activity::records);
        gauge("knockon.pipeline.reassessed", "Appointments reassessed because of an outage", Activity::reassessed);
        gauge(
                "knockon.pipeline.versions.displaced",
                "Appointment versions dropped because newer ones fill the limit",
                Activity::versionsDisplaced);
        gauge(
                "knockon.pipeline.pending",
                "Pending work: items of the work list, unsent cells, parked records",
                Activity::pending);
        gauge(
                "knockon.pipeline.longest.step.seconds",
                "Longest single processing step",
                a -> a.longestStepNanos() / 1e9);
        gauge("knockon.pipeline.clock.seconds", "Event time, epoch seconds", a -> a.clock() / 1e3);
        gauge(
                "knockon.systems.degraded",
                "Systems DEGRADED for longer than their confirmation time",
                Activity::systemsDegraded);
        gauge(
                "knockon.monitors.displaced",
                "Votes that do not count because more than 100 monitors observe one system",
                Activity::votesDisplaced);
        gauge(
                "knockon.rocksdb.memory.bytes",
                "Memory in the block cache and the memtables of all stores",
                rocksDb,
                RocksDbMemory::used);
        gauge("knockon.rocksdb.memory.limit.bytes", "The setting rocksdb.memory", rocksDb, RocksDbMemory::limit);
    }

    private void gauge(String name, String meaning, ToDoubleFunction<Activity> value) {
        gauge(name, meaning, activity, value);
    }

    private <T> void gauge(String name, String meaning, T source, ToDoubleFunction<T> value) {
        Gauge.builder(name, source, value).description(meaning).register(metrics);
    }
}
