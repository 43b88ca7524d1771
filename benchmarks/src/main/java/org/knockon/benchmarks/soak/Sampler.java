package org.knockon.benchmarks.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.knockon.benchmarks.harness.AppProcess;
import org.knockon.benchmarks.harness.Elapsed;
import org.knockon.benchmarks.harness.GroupOffsets;
import org.knockon.benchmarks.harness.ProcessVitals;
import org.knockon.benchmarks.harness.Testbed;
import org.knockon.benchmarks.harness.TopicReader;
import org.knockon.benchmarks.harness.WarRoomProcess;

/** Samples the running programs, and prints a line for each sample. */
final class Sampler {

    private static final double BYTES_PER_MIB = 1024 * 1024;

    private final Testbed testbed;
    private final Path stateDir;
    private final Path appLog;
    private final AppProcess app;
    private final WarRoomProcess warRoom;
    private final UpdateWriter writer;
    private final TopicReader deadLetters;
    private final GroupOffsets offsets;
    private final MeasuredCurves curves;
    private final Elapsed elapsed = new Elapsed();
    private double lastSeconds;
    private long lastAcknowledged;
    private long dead;

    Sampler(
            Testbed testbed,
            Path stateDir,
            Path appLog,
            AppProcess app,
            WarRoomProcess warRoom,
            UpdateWriter writer,
            TopicReader deadLetters,
            GroupOffsets offsets,
            MeasuredCurves curves) {
        this.testbed = testbed;
        this.stateDir = stateDir;
        this.appLog = appLog;
        this.app = app;
        this.warRoom = warRoom;
        this.writer = writer;
        this.deadLetters = deadLetters;
        this.offsets = offsets;
        this.curves = curves;
        lastAcknowledged = writer.acknowledged();
    }

    /** @throws IOException if one of the programs has exited */
    void sample() throws IOException, InterruptedException {
        double seconds = elapsed.seconds();
        double minute = seconds / 60;
        long acknowledged = writer.acknowledged();
        double rate = (acknowledged - lastAcknowledged) / (seconds - lastSeconds);
        boolean first = seconds < 1;
        lastSeconds = seconds;
        lastAcknowledged = acknowledged;
        ProcessVitals ofApp = process("app", app.pid(), minute);
        double disk = ProcessVitals.diskMiB(stateDir);
        curves.add("app", MeasuredCurves.DISK, minute, disk);
        curves.add("app", "log, MiB", minute, Files.size(appLog) / BYTES_PER_MIB);
        ProcessVitals ofWarRoom = process("war room", warRoom.pid(), minute);
        memory("broker", testbed.sandbox().brokerPid(), minute);
        memory("registry", testbed.sandbox().registryPid(), minute);
        if (!first) {
            curves.add("load", "records a second", minute, rate);
        }
        long lag = lag(minute);
        System.out.printf(
                Locale.ROOT,
                "  min %4.1f: %,.0f/s, lag %,d, dead letters %,d of %,d bad; app heap %.0f, RSS %.0f MiB, %d threads,"
                        + " %d files, disk %.0f MiB; war room heap %.0f, RSS %.0f MiB, %d threads, %d files%n",
                minute,
                rate,
                lag,
                dead,
                writer.bad(),
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

    /** Dead letters up to the current end, as a committed reader sees them. */
    long deadLetters() {
        deadLetters.readToEnd(record -> dead++);
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

    private void memory(String subject, long pid, double minute) throws IOException {
        curves.add(subject, "resident memory (not judged), MiB", minute, ProcessVitals.rssMiB(pid));
    }

    /** What only the broker can report; -1 while it is away. */
    private long lag(double minute) throws InterruptedException {
        try {
            long lag = offsets.lag();
            curves.add("pipeline", "lag, records", minute, lag);
            curves.add("pipeline", "dead letters, records", minute, deadLetters());
            return lag;
        } catch (KafkaException | ExecutionException away) {
            System.out.println("  the broker does not reply: " + away.getMessage());
            return -1;
        }
    }
}
