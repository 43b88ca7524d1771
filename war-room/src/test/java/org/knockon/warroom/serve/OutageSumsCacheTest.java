package org.knockon.warroom.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.knockon.warroom.drill.OutageSums;
import org.knockon.warroom.feed.BusyException;

@Timeout(60)
class OutageSumsCacheTest {

    private static final String PAS = "pas@2025-03-12T08:00:00Z";
    private static final String PACS = "pacs@2025-03-12T08:00:00Z";

    private final AtomicLong clock = new AtomicLong(1_000_000);
    private final AtomicInteger reads = new AtomicInteger();
    private final OutageSumsCache cache = new OutageSumsCache(clock::get);
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final CountDownLatch reading = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void stop() {
        end.countDown();
        executor.shutdownNow();
    }

    @Test
    void readsAgainAfterTheMaximumAge() {
        OutageSums first = cache.of(PAS, this::counted);
        clock.addAndGet(OutageSumsCache.MAX_AGE.toMillis() - 1);
        assertThat(cache.of(PAS, this::counted)).isSameAs(first);
        assertThat(first.readAt()).isEqualTo(Instant.ofEpochMilli(1_000_000));

        clock.incrementAndGet();
        OutageSums second = cache.of(PAS, this::counted);
        assertThat(second.readAt()).isEqualTo(Instant.ofEpochMilli(clock.get()));
        clock.addAndGet(-10);
        assertThat(cache.of(PAS, this::counted)).as("the clock was set back").isNotSameAs(second);
        assertThat(reads).hasValue(3);
    }

    @Test
    void keepsOutagesApartAndOnlyTheMostRecent() {
        OutageSums pas = cache.of(PAS, this::counted);
        assertThat(cache.of(PACS, this::counted)).isNotSameAs(pas);
        assertThat(cache.of(PAS, this::counted)).isSameAs(pas);
        for (int other = 0; other < 50; other++) {
            cache.of("other" + other, this::counted);
        }
        assertThat(cache.of(PAS, this::counted)).isNotSameAs(pas);
    }

    @Test
    void letsAFewRequestsJoinARunningRead() throws Exception {
        Future<OutageSums> first = ask(this::held);
        reading.await();
        clock.addAndGet(OutageSumsCache.MAX_AGE.toMillis() * 2);
        List<Future<OutageSums>> joined = new ArrayList<>();
        AtomicInteger refused = new AtomicInteger();
        CountDownLatch oneTooMany = new CountDownLatch(1);
        for (int request = 0; request <= OutageSumsCache.MAX_WAITING; request++) {
            joined.add(executor.submit(() -> {
                try {
                    return cache.of(PAS, this::counted);
                } catch (BusyException e) {
                    refused.incrementAndGet();
                    oneTooMany.countDown();
                    return null;
                }
            }));
        }
        oneTooMany.await();
        end.countDown();

        OutageSums sums = first.get();
        int same = 0;
        for (Future<OutageSums> each : joined) {
            same += each.get() == sums ? 1 : 0;
        }
        assertThat(same).isEqualTo(OutageSumsCache.MAX_WAITING);
        assertThat(refused).hasValue(1);
        assertThat(reads).hasValue(1);
    }

    @Test
    void keepsNoFailedReadAndPassesTheReasonToWaitingRequests() throws Exception {
        Future<OutageSums> first = ask(began -> {
            held(began);
            throw new BusyException("the topic cannot be read");
        });
        reading.await();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread second = new Thread(() -> cache.of(PAS, this::counted));
        second.setUncaughtExceptionHandler((thread, thrown) -> failure.set(thrown));
        second.start();
        while (second.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        end.countDown();
        second.join();
        assertThat(failure.get()).isInstanceOf(BusyException.class).hasMessage("the topic cannot be read");
        assertThatThrownBy(first::get).hasRootCauseMessage("the topic cannot be read");

        assertThat(reads).hasValue(1);
        cache.of(PAS, this::counted);
        assertThat(reads).hasValue(2);
    }

    private Future<OutageSums> ask(Function<Instant, OutageSums> read) {
        return executor.submit(() -> cache.of(PAS, read));
    }

    private OutageSums counted(Instant began) {
        reads.incrementAndGet();
        return new OutageSums(began, false, List.of(), List.of());
    }

    private OutageSums held(Instant began) {
        reading.countDown();
        try {
            end.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return counted(began);
    }
}
