package org.knockon.benchmarks.soak;

import org.knockon.benchmarks.harness.AppProcess;
import org.knockon.benchmarks.harness.CommittedReader;
import org.knockon.benchmarks.harness.GroupOffsets;
import org.knockon.benchmarks.harness.ProcessVitals;
import org.knockon.benchmarks.harness.Testbed;
import org.knockon.benchmarks.harness.WarRoomProcess;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Reads everything there is to read about the running programs, and prints a line about it. */
final class Sampler {

    private static final double BYTES_PER_MIB = 1024 * 1024;

    private final Testbed stage;
    private final Path stateDir;
    private final Path appLog;
    private final AppProcess app;
    private final WarRoomProcess warRoom;
    private final UpdateWriter feeder;
    private final CommittedReader deadLetters;
    private final GroupOffsets offsets;
    private final MeasuredCurves curves;
    private final long began = System.nanoTime();
    private long last = began;
    private long lastAcknowledged;
    private long dead;

    Sampler(
            Testbed stage,
            Path stateDir,
            Path appLog,
            AppProcess app,
            WarRoomProcess warRoom,
            UpdateWriter feeder,
            CommittedReader deadLetters,
            GroupOffsets offsets,
            MeasuredCurves curves) {
        this.stage = stage;
        this.stateDir = stateDir;
        this.appLog = appLog;
        this.app = app;
        this.warRoom = warRoom;
        this.feeder = feeder;
        this.deadLetters = deadLetters;
        this.offsets = offsets;
        this.curves = curves;
        lastAcknowledged = feeder.acknowledged();
    }

    /** @throws IOException when one of the programs has ended */
    void sample() throws IOException, InterruptedException {
        long now = System.nanoTime();
        double minute = (now - began) / 60e9;
        long acknowledged = feeder.acknowledged();
        double rate = now == last ? 0 : (acknowledged - lastAcknowledged) / ((now - last) / 1e9);
        boolean first = now - began < 1_000_000_000L;
        last = now;
        lastAcknowledged = acknowledged;
        ProcessVitals ofApp = process("app", app.pid(), minute);
        double disk = ProcessVitals.diskMiB(stateDir);
        curves.add("app", MeasuredCurves.DISK, minute, disk);
        curves.add("app", "log, MiB", minute, Files.size(appLog) / BYTES_PER_MIB);
        ProcessVitals ofWarRoom = process("war room", warRoom.pid(), minute);
        curves.add(
                "broker",
                "resident memory beside, MiB",
                minute,
                ProcessVitals.rssMiB(stage.sandbox().brokerPid()));
        curves.add(
                "registry",
                "resident memory beside, MiB",
                minute,
                ProcessVitals.rssMiB(stage.sandbox().registryPid()));
        if (!first) {
            curves.add("load", "records a second", minute, rate);
        }
        long lag = broker(minute);
        System.out.printf(
                Locale.ROOT,
                "  min %4.1f: %,.0f/s, lag %,d, dead letters %,d of %,d bad; app heap %.0f, RSS %.0f MiB, %d threads,"
                        + " %d files, disk %.0f MiB; war room heap %.0f, RSS %.0f MiB, %d threads, %d files%n",
                minute,
                rate,
                lag,
                dead,
                feeder.bad(),
                ofApp.heapMiB(),
                ofApp.rssMiB(),
                ofApp.threads(),
                ofApp.files(),
                disk,
                ofWarRoom.heapMiB(),
                ofWarRoom.rssMiB(),
                ofWarRoom.threads(),
                ofWarRoom.files());
    }

    /** Dead letters that a committed reader has seen by now. */
    long deadLetters() {
        deadLetters.readAll(record -> dead++);
        return dead;
    }

    private ProcessVitals process(String subject, long pid, double minute) throws IOException, InterruptedException {
        ProcessVitals vitals = ProcessVitals.of(pid);
        curves.add(subject, MeasuredCurves.HEAP, minute, vitals.heapMiB());
        curves.add(subject, MeasuredCurves.RSS, minute, vitals.rssMiB());
        curves.add(subject, MeasuredCurves.THREADS, minute, vitals.threads());
        curves.add(subject, MeasuredCurves.FILES, minute, vitals.files());
        return vitals;
    }

    /** What only the broker knows; it may be away, and then there is no point. */
    private long broker(double minute) throws InterruptedException {
        try {
            Map<TopicPartition, OffsetAndMetadata> committed = offsets.now();
            long lag = offsets.ends().entrySet().stream()
                    .mapToLong(end -> end.getValue()
                            - (committed.get(end.getKey()) == null
                                    ? 0
                                    : committed.get(end.getKey()).offset()))
                    .sum();
            curves.add("pipeline", "lag, records", minute, lag);
            curves.add("pipeline", "dead letters, records", minute, deadLetters());
            return lag;
        } catch (KafkaException | ExecutionException | TimeoutException away) {
            System.out.println("  the broker does not answer: " + away.getMessage());
            return -1;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
