package org.knockon.warroom.serve;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.knockon.warroom.drill.OutageSums;
import org.knockon.warroom.feed.BusyException;

/**
 * Sums of outages, each read once for all who ask within {@link #KEPT}: who asks during the read waits for it. Sums alone are kept, of
 * the last outages that were asked for. For any thread.
 */
final class OutageSumsCache {

    static final Duration KEPT = Duration.ofSeconds(30);

    private static final int MOST_OUTAGES = 50;

    /** A waiting asker holds a thread of the server, and the wall needs threads too. */
    static final int MOST_WAITING = 16;

    /** Longer than a read takes, unless the broker does not answer. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(45);

    private final LongSupplier wallClock;
    private final Map<String, Read> reads = new LinkedHashMap<>();
    private final Semaphore waiting = new Semaphore(MOST_WAITING);

    private record Read(long at, CompletableFuture<OutageSums> sums) {}

    /** @param wallClock epoch milliseconds */
    OutageSumsCache(LongSupplier wallClock) {
        this.wallClock = wallClock;
    }

    /**
     * @param read adds up, given when it began
     * @throws BusyException when the sums cannot be read now, or too many wait for them
     */
    OutageSums of(String outageId, Function<Instant, OutageSums> read) {
        Read mine = new Read(wallClock.getAsLong(), new CompletableFuture<>());
        Read held;
        synchronized (reads) {
            reads.values().removeIf(each -> each.sums.isDone() && !fresh(each, mine.at));
            held = reads.putIfAbsent(outageId, mine);
            if (reads.size() > MOST_OUTAGES) {
                reads.remove(reads.keySet().iterator().next());
            }
        }
        return held == null ? read(outageId, mine, read) : joined(held);
    }

    /** A clock that was set back makes nothing fresh. */
    private static boolean fresh(Read read, long now) {
        return now >= read.at && now - read.at < KEPT.toMillis();
    }

    private OutageSums read(String outageId, Read mine, Function<Instant, OutageSums> read) {
        String why = "the appointments could not be counted";
        try {
            OutageSums sums = read.apply(Instant.ofEpochMilli(mine.at));
            mine.sums.complete(sums);
            return sums;
        } catch (BusyException e) {
            why = e.getMessage();
            throw e;
        } finally {
            // Where it failed nothing is kept, and whoever waits is told why.
            if (!mine.sums.isDone()) {
                synchronized (reads) {
                    reads.remove(outageId, mine);
                }
                mine.sums.completeExceptionally(new BusyException(why));
            }
        }
    }

    private OutageSums joined(Read held) {
        boolean waits = !held.sums.isDone();
        if (waits && !waiting.tryAcquire()) {
            throw new BusyException("too many wait for the counts of an outage");
        }
        try {
            return held.sums.get(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new BusyException(e.getCause().getMessage());
        } catch (TimeoutException e) {
            throw new BusyException("the appointments could not be counted");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BusyException("the server ends");
        } finally {
            if (waits) {
                waiting.release();
            }
        }
    }
}
