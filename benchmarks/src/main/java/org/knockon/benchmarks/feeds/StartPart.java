package org.knockon.benchmarks.feeds;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.knockon.benchmarks.harness.ProcessVitals;
import org.knockon.benchmarks.harness.Results;
import org.knockon.benchmarks.harness.Spread;
import org.knockon.benchmarks.harness.Testbed;
import org.knockon.feeds.message.MappedMessage;
import org.knockon.feeds.publish.BulkPublisher;
import org.knockon.feeds.publish.Publication;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.Priority;
import org.knockon.schemas.FeedState;

/** How long a start takes that has appointments and their newest messages to remember, and how much memory they take. */
final class StartPart {

    private static final String EMPTY = "start.empty.";
    private static final String FULL = "start.full.";
    private static final double GOAL_SECONDS = 10;
    private static final double GOAL_MIB = 128;
    private static final long MINUTE = 60_000;
    private static final int DAY_MINUTES = 24 * 60;
    private static final int CLINICS = 20;

    private StartPart() {}

    static void measure(Testbed testbed, Path file, FeedsOptions options, Results results) throws Exception {
        results.setting("starts", options.rounds());
        results.setting("appointments", options.appointments());
        testbed.createTopics(EMPTY);
        testbed.createTopics(FULL);
        FeedsOptions.progress("start: writing " + options.appointments() + " appointments");
        write(testbed, options.appointments());
        List<Double> empty = new ArrayList<>();
        List<Double> full = new ArrayList<>();
        List<Double> memory = new ArrayList<>();
        for (int round = 1; round <= options.rounds(); round++) {
            double before = start(testbed, EMPTY, file, empty);
            memory.add(start(testbed, FULL, file, full) - before);
            FeedsOptions.progress("start " + round + " of " + options.rounds() + ": " + full.get(round - 1) + " s");
        }
        Spread ready = Spread.of(full, Double::doubleValue);
        Spread heap = Spread.of(memory, Double::doubleValue);
        results.figure(
                "nothing remembered, from the start of the JVM until ready: s", Spread.of(empty, Double::doubleValue));
        results.figure("appointments remembered, from the start of the JVM until ready: s", ready);
        results.figure("appointments remembered, further heap after a full collection: MiB", heap);
        FeedsOptions.atMost(results, "ready, seconds,", ready.median(), GOAL_SECONDS);
        FeedsOptions.atMost(results, "memory, MiB,", heap.median(), GOAL_MIB);
    }

    /** Returns its heap in MiB. */
    private static double start(Testbed testbed, String prefix, Path file, List<Double> seconds) throws Exception {
        try (FeedProcess feeds = FeedProcess.feeds(testbed, prefix, file)) {
            seconds.add(feeds.readyAfter());
            return ProcessVitals.of(feeds.pid()).heapMiB();
        }
    }

    /** What an HL7 feed would have written: of each appointment its version, and its newest message. */
    private static void write(Testbed testbed, int appointments) {
        long now = System.currentTimeMillis();
        String feed = MessageKind.HL7.feed(0);
        try (BulkPublisher publisher = new BulkPublisher(testbed.client(), FULL, Optional.empty())) {
            for (int i = 0; i < appointments; i++) {
                String id = feed + "/A" + i;
                long slot = now + (i % (90 * DAY_MINUTES)) * MINUTE;
                AppointmentVersion version = new AppointmentVersion(
                        id,
                        now,
                        AppointmentStatus.BOOKED,
                        null,
                        "clinic-" + i % CLINICS,
                        slot,
                        slot + 30 * MINUTE,
                        Priority.ROUTINE,
                        String.format("p-%016x", i * 0x9E3779B97F4A7C15L),
                        null,
                        now,
                        null);
                FeedState seen = new FeedState.SeenMessages(
                        feed, id, List.of(new FeedState.SeenMessage(i * 0x9E3779B97F4A7C15L, now)));
                publisher.publish(
                        Publication.of(
                                feed, "C" + i, MappedMessage.appointment(version, Set.of(), List.of()), List.of(seen)),
                        () -> {});
            }
            publisher.finish();
        }
    }
}
