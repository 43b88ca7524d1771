package org.knockon.benchmarks.soak;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;
import org.knockon.benchmarks.harness.Elapsed;
import org.knockon.benchmarks.harness.EventWriter;
import org.knockon.schemas.Topics;

/** Writes the versions of an {@link AppointmentBook} at a steady rate, some of them bad. Survives restarts of the broker. */
final class UpdateWriter implements AutoCloseable {

    private static final int PACE_MILLIS = 5;
    /** The most that is written at once after a pause, so that a restarted broker is not flooded as no real source would do. */
    private static final int CATCH_UP_SECONDS = 1;

    private final AppointmentBook book;
    private final BadRecords badRecords;
    private final Random random;
    private final int badOneIn;
    private final EventWriter writer;
    private final LongAdder bad = new LongAdder();
    private volatile boolean stopped;

    /** @param system of the catalogue, for bad observations */
    UpdateWriter(
            String prefix, Map<String, Object> client, AppointmentBook book, String system, int badOneIn, long seed) {
        this.book = book;
        this.badOneIn = badOneIn;
        random = new Random(seed);
        Map<String, Object> settings = new HashMap<>(client);
        settings.put("batch.size", 128 * 1024);
        // A restart of the broker takes less than this.
        settings.put("max.block.ms", 180_000);
        settings.put("delivery.timeout.ms", 240_000);
        writer = new EventWriter(prefix, settings);
        badRecords = new BadRecords(writer, system);
    }

    /** Books every appointment, as fast as the broker accepts them. */
    void bookAll() {
        for (int i = 0; i < book.size() && !stopped; i++) {
            writeNext(i);
        }
        writer.flush();
    }

    /**
     * Updates random appointments at this rate, for this time or until {@link #stop}. Returns once the broker has acknowledged all. What
     * is due while the broker is away is left out, except for one second's worth.
     *
     * @param rate records a second, including bad ones
     */
    void update(int rate, Duration duration) throws InterruptedException {
        long most = (long) rate * CATCH_UP_SECONDS;
        long sent = 0;
        long skipped = 0;
        Elapsed elapsed = new Elapsed();
        while (!stopped && elapsed.millis() < duration.toMillis()) {
            long due = (long) (elapsed.seconds() * rate) - skipped;
            if (due - sent > most) {
                skipped += due - sent - most;
                due = sent + most;
            }
            for (; sent < due && !stopped; sent++) {
                writeOne();
            }
            writer.requireNoFailure();
            Thread.sleep(PACE_MILLIS);
        }
        writer.flush();
    }

    void stop() {
        stopped = true;
    }

    /** Records that the broker has acknowledged, including bad ones. */
    long acknowledged() {
        return writer.acknowledged();
    }

    /** Bad records written. */
    long bad() {
        return bad.sum();
    }

    private void writeOne() {
        int number = random.nextInt(book.size());
        if (random.nextInt(badOneIn) != 0) {
            writeNext(number);
            return;
        }
        long now = System.currentTimeMillis();
        BadRecords.Bytes bytes = badRecords.of((int) bad.sum(), book.draft(number, now));
        bad.increment();
        writer.sendBytes(bytes.topic(), bytes.key(), bytes.value(), now);
    }

    private void writeNext(int number) {
        long now = System.currentTimeMillis();
        writer.send(Topics.APPOINTMENTS, AppointmentBook.id(number), book.next(number, now), now);
    }

    @Override
    public void close() {
        writer.close();
    }
}
