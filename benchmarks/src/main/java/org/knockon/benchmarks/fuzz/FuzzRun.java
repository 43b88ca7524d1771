package org.knockon.benchmarks.fuzz;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.knockon.benchmarks.harness.ProcessVitals;
import org.knockon.benchmarks.harness.Testbed;
import org.knockon.samples.Sample;
import org.knockon.samples.Samples;

/** One run: senders that share the inputs, then the checks. */
public final class FuzzRun {

    private static final String PREFIX = "fuzz.";
    /** Below what the feeds handle at once in all. Each waits for its answer most of the time. */
    private static final int SENDERS = 40;
    /** What is remembered of appointments and of the last hour's messages has grown to its full size by then. */
    private static final double WARM = 0.5;

    private static final int MOST_MORE_THREADS = 8;
    private static final double MOST_MORE_HEAP_MIB = 48;
    /** What is kept of a message in the last hour, by which a repeat is recognised; in MiB for a million. */
    private static final double HEAP_MIB_PER_MILLION = 64;

    private static final double MILLION = 1e6;
    private static final Duration SHRINK_FOR = Duration.ofMinutes(2);

    private final FuzzInputs inputs;
    private final long count;
    private final PrintStream progress;
    private final Tally tally = new Tally();
    private final AtomicLong next = new AtomicLong();
    private final AtomicLong done = new AtomicLong();

    /**
     * @param fixtures folder of the fixtures
     * @param count inputs; at least each sample is sent
     */
    public FuzzRun(Path fixtures, long count, long seed, PrintStream progress) {
        List<Sample> samples = Samples.all(fixtures);
        this.inputs = new FuzzInputs(samples, seed);
        this.count = Math.max(count, samples.size());
        this.progress = progress;
    }

    /** @return what is wrong, one line each; empty if nothing is */
    public List<String> run() throws IOException, InterruptedException {
        try (Testbed testbed = Testbed.start()) {
            testbed.createTopics(PREFIX);
            Path folder = testbed.folder("fuzz");
            Path feeds = FuzzFeeds.in(folder);
            Path log = folder.resolve("ingest.log");
            List<String> problems = new ArrayList<>();
            try (IngestProcess ingest = IngestProcess.start(feeds, PREFIX, testbed.client(), log)) {
                HttpSender http = new HttpSender(ingest.http());
                progress.println(count + " inputs, of which " + inputs.unchanged() + " unchanged");
                long warm = (long) (count * WARM);
                send(ingest, http, warm);
                ProcessVitals before = ProcessVitals.of(ingest.pid());
                send(ingest, http, count);
                if (!ingest.alive()) {
                    problems.add("ingest has exited");
                }
                ProcessVitals after = ProcessVitals.of(ingest.pid());
                progress.printf(
                        "heap %.0f, then %.0f MiB; threads %d, then %d; %d answers to send again later%n",
                        before.heapMiB(), after.heapMiB(), before.threads(), after.threads(), tally.unavailable());
                grown(before, after, count - warm, problems);
                if (tally.unavailable() > count / 100) {
                    problems.add("more than one input in a hundred was to be sent again later");
                }
                http.read("/health/live");
                http.read("/health/ready");
                problems.addAll(
                        FuzzChecks.problems(tally, TopicFindings.read(testbed.client(), PREFIX), http, count, log));
                wrongAnswers(ingest, http, problems);
            }
            return problems;
        }
    }

    private static void grown(ProcessVitals before, ProcessVitals after, long sent, List<String> problems) {
        if (after.threads() > before.threads() + MOST_MORE_THREADS) {
            problems.add("threads grew from " + before.threads() + " to " + after.threads());
        }
        double most = before.heapMiB() + MOST_MORE_HEAP_MIB + HEAP_MIB_PER_MILLION * sent / MILLION;
        if (after.heapMiB() > most) {
            problems.add("the heap grew from %.0f to %.0f MiB".formatted(before.heapMiB(), after.heapMiB()));
        }
    }

    private void send(IngestProcess ingest, HttpSender http, long until) throws InterruptedException {
        ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < SENDERS; i++) {
                running.add(senders.submit(() -> {
                    try (MllpSender mllp = new MllpSender(ingest)) {
                        for (long index = next.getAndIncrement(); index < until; index = next.getAndIncrement()) {
                            FuzzInput input = inputs.of(index);
                            tally.add(input, input.message().hl7() ? mllp.send(input) : http.send(input));
                            printed(done.incrementAndGet());
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a sender failed", e.getCause());
        } finally {
            senders.shutdownNow();
        }
        next.set(until);
    }

    private void printed(long sent) {
        if (sent % Math.max(1, count / 20) == 0) {
            progress.println(sent + " of " + count + " sent; " + tally.wrong() + " wrong answers");
        }
    }

    private void wrongAnswers(IngestProcess ingest, HttpSender http, List<String> problems)
            throws IOException, InterruptedException {
        Optional<Tally.Wrong> smallest = tally.smallest();
        if (smallest.isPresent()) {
            Tally.Wrong found = smallest.get();
            FuzzInput small = ingest.alive() ? shrunk(ingest, http, found) : found.input();
            problems.add(tally.wrong() + " wrong answers, such as: " + found.problem() + "\n" + small.described());
        }
    }

    /** Leaves out pieces, ever smaller ones, while the answer is wrong in the same way. */
    private static FuzzInput shrunk(IngestProcess ingest, HttpSender http, Tally.Wrong found)
            throws IOException, InterruptedException {
        FuzzInput smallest = found.input();
        long end = System.nanoTime() + SHRINK_FOR.toNanos();
        try (MllpSender mllp = new MllpSender(ingest)) {
            for (int piece = smallest.message().body().length / 2; piece > 0; piece /= 2) {
                for (int at = 0; at < smallest.message().body().length && System.nanoTime() - end < 0; ) {
                    FuzzInput smaller = smallest.with(without(smallest.message().body(), at, piece));
                    Reply reply = smaller.message().hl7() ? mllp.send(smaller) : http.send(smaller);
                    if (reply.problem().equals(Optional.of(found.problem()))) {
                        smallest = smaller;
                    } else {
                        at += piece;
                    }
                }
            }
        }
        return smallest;
    }

    private static byte[] without(byte[] bytes, int at, int length) {
        int end = Math.min(bytes.length, at + length);
        byte[] left = Arrays.copyOf(bytes, bytes.length - (end - at));
        System.arraycopy(bytes, end, left, at, bytes.length - end);
        return left;
    }
}
