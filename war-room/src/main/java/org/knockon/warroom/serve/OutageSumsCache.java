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
 * Counts of outages, each read once for all requests within {@link #MAX_AGE}; requests during the read wait for it.
 * Keeps the counts of the most recently requested outages, never the appointments. Thread-safe.
 *
 * <p>Not a cache library: a read may fail and must then not be kept, few requests may wait, and each of them only for a
 * limited time.
 */
final class OutageSumsCache {

    static final Duration MAX_AGE = Duration.ofSeconds(30);

    private static final int MAX_OUTAGES = 50;

    /** A waiting request holds a thread of the server, and the wall needs threads as well. */
    static final int MAX_WAITING = 16;

    /** Longer than a read takes, unless the broker does not respond. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(45);

    private final LongSupplier wallClock;
    private final Map<String, Read> reads = new LinkedHashMap<>();
    private final Semaphore waiting = new Semaphore(MAX_WAITING);

    private record Read(long at, CompletableFuture<OutageSums> sums) {}

    /** @param wallClock epoch milliseconds */
    OutageSumsCache(LongSupplier wallClock) {
        this.wallClock = wallClock;
    }

    /**
     * @param read counts the appointments, given the time at which it starts
     * @throws BusyException if the counts cannot be read now, or too many requests wait for them
     */
    OutageSums of(String outageId, Function<Instant, OutageSums> read) {
        Read own = new Read(wallClock.getAsLong(), new CompletableFuture<>());
        Read held;
        synchronized (reads) {
            reads.values().removeIf(each -> each.sums.isDone() && !fresh(each, own.at));
            held = reads.putIfAbsent(outageId, own);
            if (reads.size() > MAX_OUTAGES) {
                reads.remove(reads.keySet().iterator().next());
            }
        }
        return held == null ? read(outageId, own, read) : joined(held);
    }

    /** If the clock was set back, nothing is fresh. */
    private static boolean fresh(Read read, long now) {
        return now >= read.at && now - read.at < MAX_AGE.toMillis();
    }

    private OutageSums read(String outageId, Read own, Function<Instant, OutageSums> read) {
        String why = "could not count the appointments";
        try {
            OutageSums sums = read.apply(Instant.ofEpochMilli(own.at));
            own.sums.complete(sums);
            return sums;
        } catch (BusyException e) {
            why = e.getMessage();
            throw e;
        } finally {
            // A failed read is not kept, and waiting requests get the reason.
            if (!own.sums.isDone()) {
                synchronized (reads) {
                    reads.remove(outageId, own);
                }
                own.sums.completeExceptionally(new BusyException(why));
            }
        }
    }

    private OutageSums joined(Read held) {
        boolean waits = !held.sums.isDone();
        if (waits && !waiting.tryAcquire()) {
            throw new BusyException("too many requests wait for the counts of an outage");
        }
        try {
            return held.sums.get(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new BusyException(e.getCause().getMessage());
        } catch (TimeoutException e) {
            throw new BusyException("could not count the appointments");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BusyException("the server is stopping");
        } finally {
            if (waits) {
                waiting.release();
            }
        }
    }
}
