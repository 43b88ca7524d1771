package org.knockon.benchmarks.soak;

import org.knockon.schemas.Topics;
import org.knockon.schemas.serde.KnockonSerdes;


import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes the versions of a {@link AppointmentBook} at a steady rate, some of them spoiled. What it writes lasts through restarts of the broker. */
final class UpdateWriter implements AutoCloseable {

    private static final int PACE_MILLIS = 5;
    /** After the whole catch-up, so that a broker that was away is not met by a flood that no feed would send. */
    private static final int CATCH_UP_SECONDS = 1;

    private final String prefix;
    private final AppointmentBook book;
    private final BadRecords spoiled;
    private final Random random;
    private final int badOneIn;
    private final KnockonSerdes serdes;
    private final Producer<String, byte[]> producer;
    private final LongAdder acknowledged = new LongAdder();
    private final LongAdder bad = new LongAdder();
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private volatile boolean stopped;

    /** @param system one of the catalogue, for bad observations */
    UpdateWriter(String prefix, Map<String, Object> client, AppointmentBook book, String system, int badOneIn, long seed) {
        this.prefix = prefix;
        this.book = book;
        this.badOneIn = badOneIn;
        random = new Random(seed);
        serdes = new KnockonSerdes(client);
        spoiled = new BadRecords(prefix, serdes, system);
        Map<String, Object> tuned = new HashMap<>(client);
        tuned.putAll(Map.of("linger.ms", 5, "batch.size", 128 * 1024, "compression.type", "lz4"));
        // A broker that is restarted is away for less than this.
        tuned.put("max.block.ms", 180_000);
        tuned.put("delivery.timeout.ms", 240_000);
        producer = new KafkaProducer<>(tuned, new StringSerializer(), new ByteArraySerializer());
    }

    /** Every appointment once, as fast as the broker takes them. */
    void bookAll() throws Exception {
        for (int i = 0; i < book.size() && !stopped; i++) {
            good(i);
        }
        producer.flush();
        requireNoFailure();
    }

    /**
     * Updates any of them at this rate, for so long or until {@link #stop}; returns once the broker has acknowledged all. Time that the
     * broker was away is lost but for a second.
     *
     * @param rate records a second, bad ones included
     */
    void update(int rate, Duration duration) throws Exception {
        long began = System.nanoTime();
        long sent = 0;
        long lost = 0;
        for (long elapsed = 0; !stopped && elapsed < duration.toNanos(); elapsed = System.nanoTime() - began) {
            long due = (long) (elapsed / 1e9 * rate) - lost;
            if (due - sent > (long) rate * CATCH_UP_SECONDS) {
                lost += due - sent - (long) rate * CATCH_UP_SECONDS;
                due = sent + (long) rate * CATCH_UP_SECONDS;
            }
            for (; sent < due && !stopped; sent++) {
                one();
            }
            requireNoFailure();
            Thread.sleep(PACE_MILLIS);
        }
        producer.flush();
        requireNoFailure();
    }

    void stop() {
        stopped = true;
    }

    /** Records that the broker has acknowledged, bad ones included. */
    long acknowledged() {
        return acknowledged.sum();
    }

    /** Bad records sent. */
    long bad() {
        return bad.sum();
    }

    private void one() {
        int number = random.nextInt(book.size());
        if (random.nextInt(badOneIn) != 0) {
            good(number);
            return;
        }
        long now = System.currentTimeMillis();
        BadRecords.Bytes bytes = spoiled.of((int) bad.sum(), book.draft(number, now));
        bad.increment();
        send(new ProducerRecord<>(bytes.topic().name(prefix), null, now, bytes.key(), bytes.value()));
    }

    private void good(int number) {
        long now = System.currentTimeMillis();
        byte[] value = spoiled.encode(book.next(number, now));
        send(new ProducerRecord<>(Topics.APPOINTMENTS.name(prefix), null, now, AppointmentBook.id(number), value));
    }

    private void send(ProducerRecord<String, byte[]> record) {
        producer.send(record, (at, problem) -> {
            if (problem == null) {
                acknowledged.increment();
            } else {
                failure.compareAndSet(null, problem);
            }
        });
    }

    private void requireNoFailure() {
        Exception first = failure.get();
        if (first != null) {
            throw new IllegalStateException("a record could not be written, so this run does not count", first);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(10));
        serdes.close();
    }
}
