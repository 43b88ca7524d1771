package org.knockon.benchmarks.feeds;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.knockon.benchmarks.harness.Elapsed;
import org.knockon.benchmarks.harness.Percentiles;
import org.knockon.benchmarks.harness.ProcessVitals;
import org.knockon.benchmarks.harness.Results;
import org.knockon.benchmarks.harness.Testbed;

/** What idle connections and one that sends junk cost the process, and the senders beside them. */
final class JunkPart {

    private static final String PREFIX = "junk.";
    private static final byte FRAME_START = 0x0B;
    private static final byte[] FRAME_END = {0x1C, 0x0D};
    private static final int PIECE = 64 * 1024;
    private static final int MIB = 1024 * 1024;
    private static final double GOAL_MIB = 64;
    private static final double GOAL_TIMES = 2;
    private static final long BETWEEN_SAMPLES = 100;

    private final FeedProcess feeds;
    private final FeedsOptions options;
    private final Results results;

    private JunkPart(FeedProcess feeds, FeedsOptions options, Results results) {
        this.feeds = feeds;
        this.options = options;
        this.results = results;
    }

    static void measure(Testbed testbed, Path file, FeedsOptions options, Results results) throws Exception {
        results.setting("idle connections", options.idle());
        results.setting("junk, MiB: half outside of frames, half in one frame", options.junkMiB());
        results.setting(
                "the others", OpenLoop.RATE + " messages a second over " + OpenLoop.CONNECTIONS + " connections");
        testbed.createTopics(PREFIX);
        try (FeedProcess feeds = FeedProcess.feeds(testbed, PREFIX, file)) {
            new JunkPart(feeds, options, results).measure();
        }
    }

    private void measure() throws Exception {
        ClosedLoop.run(feeds, MessageKind.HL7, 1, 0, options.feedWarmUp());
        OpenLoop senders = new OpenLoop(feeds).start();
        Thread.sleep(OpenLoop.SETTLE);
        ProcessVitals quiet = ProcessVitals.of(feeds.pid());
        senders.measure();
        Thread.sleep(options.seconds() * 1_000L);
        Percentiles before = Percentiles.of(senders.measured().millis());
        FeedsOptions.progress("junk: " + options.idle() + " idle connections, " + options.junkMiB() + " MiB of junk");
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < options.idle(); i++) {
                idle.add(new Socket(InetAddress.getLoopbackAddress(), feeds.port()));
            }
            senders.measure();
            Thread.sleep(options.seconds() * 1_000L);
            Percentiles besideIdle = Percentiles.of(senders.measured().millis());
            senders.measure();
            Elapsed elapsed = new Elapsed();
            double most = junk();
            double seconds = elapsed.roundedSeconds();
            Percentiles beside = Percentiles.of(senders.measured().millis());
            ProcessVitals after = ProcessVitals.of(feeds.pid());
            report(quiet, after, Math.max(most, after.rssMiB()));
            results.figure("junk, until it was refused: s", seconds);
            results.figure("other senders, answer before: ms", before);
            results.figure("other senders, answer beside idle connections: ms", besideIdle);
            results.figure("other senders, answer beside the junk: ms", beside);
            double times = beside.p99() / before.p99();
            results.figure("other senders, p99 beside the junk and before: ratio", Math.round(times * 100) / 100.0);
            FeedsOptions.atMost(results, "p99 of the others beside the junk, times,", times, GOAL_TIMES);
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
        senders.end();
    }

    /** The heap is resident from the start, so resident memory shows only what lies outside of it. */
    private void report(ProcessVitals before, ProcessVitals after, double mostRss) {
        double heap = after.heapMiB() - before.heapMiB();
        double outside = mostRss - before.rssMiB();
        results.figure("process, further heap after a full collection: MiB", Math.round(heap * 10) / 10.0);
        results.figure("process, further resident memory at most: MiB", Math.round(outside * 10) / 10.0);
        results.figure("process, threads before: threads", before.threads());
        results.figure("process, threads after: threads", after.threads());
        FeedsOptions.atMost(results, "extra memory, MiB,", Math.max(0, heap) + Math.max(0, outside), GOAL_MIB);
    }

    /** Sends the junk, and waits until it is refused. Returns the most resident memory meanwhile, MiB. */
    private double junk() throws Exception {
        AtomicReference<IOException> failure = new AtomicReference<>();
        Thread sender = new Thread(() -> sendJunk(failure), "junk");
        sender.start();
        double most = 0;
        while (sender.isAlive()) {
            most = Math.max(most, ProcessVitals.rssMiB(feeds.pid()));
            TimeUnit.MILLISECONDS.timedJoin(sender, BETWEEN_SAMPLES);
        }
        if (failure.get() != null) {
            throw failure.get();
        }
        return most;
    }

    private void sendJunk(AtomicReference<IOException> failure) {
        byte[] piece = new byte[PIECE];
        Arrays.fill(piece, (byte) 'x');
        long pieces = (long) options.junkMiB() * MIB / PIECE;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), feeds.port())) {
            OutputStream out = socket.getOutputStream();
            for (long i = 0; i < pieces; i++) {
                if (i == pieces / 2) {
                    out.write(FRAME_START);
                }
                out.write(piece);
            }
            out.write(FRAME_END);
            InputStream in = socket.getInputStream();
            if (in.read() != FRAME_START) {
                throw new IOException("the junk got no answer");
            }
        } catch (IOException e) {
            failure.set(e);
        }
    }
}
