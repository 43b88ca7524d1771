package org.knockon.feeds.publish;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.knockon.schemas.registry.RegistryException;
import org.knockon.schemas.serde.KnockonSerdes;
import org.knockon.server.threads.SupervisedThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes messages, each as a whole, and says when the broker has everything of one. Messages that wait together share
 * a transaction, so that many senders do not wait for each other. The newest publisher of an instance group fences the
 * earlier ones: whatever they send after that is refused by the broker.
 *
 * <p>A few producers take turns. After a commit, the broker still writes the end of the transaction to each partition;
 * until that is done it holds back the next one of the same producer, some 20 ms at a time.
 *
 * <p>While the broker is away, a message fails at once and is not kept: the sender has it. The publisher connects again
 * by itself. After a failure nothing is published before all producers are initialised again, so that nothing that was
 * under way can come after it.
 *
 * <p>Valid: {@code connect, publish..., close}; {@code publish} from any thread. Invalid: {@code publish} before {@code
 * connect} or after {@code close}; both give UNAVAILABLE.
 */
public final class FeedPublisher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FeedPublisher.class);

    /** Messages that wait for a transaction. More than all connections can send at once. */
    private static final int MOST_WAITING = 20_000;

    private static final int MOST_IN_TRANSACTION = 1_000;
    private static final Duration RETRY = Duration.ofSeconds(1);
    /** Long enough for the broker to write the end of a transaction. */
    private static final Duration REST = Duration.ofMillis(4);

    private static final Duration CLOSE = Duration.ofSeconds(4);

    private record Waiting(List<ProducerRecord<String, byte[]>> records, CompletableFuture<Delivery> delivery) {}

    private final Records records;
    private final KnockonSerdes serdes;
    private final IntFunction<Producer<String, byte[]>> newProducer;
    private final BooleanSupplier mayPublish;
    /** Fair, so that the producer that has waited longest gets the next message. */
    private final BlockingQueue<Waiting> waiting = new ArrayBlockingQueue<>(MOST_WAITING, true);

    private final List<Thread> threads = new ArrayList<>();
    /** Read by transactions; written to connect, when no transaction is under way. */
    private final ReadWriteLock connection = new ReentrantReadWriteLock();

    private List<Producer<String, byte[]>> producers = List.of();
    private volatile boolean available;
    private volatile boolean closed;

    /**
     * @param mayPublish whether this instance is the one that works; asked before each connection and each transaction
     */
    public FeedPublisher(PublisherSettings settings, BooleanSupplier mayPublish, SupervisedThreads threads) {
        this(
                settings,
                mayPublish,
                threads,
                number -> new KafkaProducer<>(
                        settings.producer(number), new StringSerializer(), new ByteArraySerializer()));
    }

    FeedPublisher(
            PublisherSettings settings,
            BooleanSupplier mayPublish,
            SupervisedThreads threads,
            IntFunction<Producer<String, byte[]>> newProducer) {
        this.serdes = new KnockonSerdes(settings.client());
        this.records = new Records(serdes, settings.prefix(), settings.exercise(), "");
        this.newProducer = newProducer;
        this.mayPublish = mayPublish;
        for (int i = 0; i < PublisherSettings.PRODUCERS; i++) {
            int number = i;
            this.threads.add(threads.thread("feeds-publisher-" + number, () -> run(number)));
        }
    }

    /**
     * Fences earlier publishers of the group and begins to publish. After it returns, nothing of theirs comes any more,
     * so that state that is read from now on is complete.
     *
     * @throws KafkaException if the broker does not answer; the call may be repeated
     */
    public void connect() {
        connection.writeLock().lock();
        try {
            open();
        } finally {
            connection.writeLock().unlock();
        }
        if (!available) {
            throw new KafkaException("another instance has taken over these feeds");
        }
        threads.forEach(Thread::start);
    }

    /** Whether the last attempt to reach the broker succeeded. */
    public boolean available() {
        return available;
    }

    /**
     * Publishes everything that a message led to.
     *
     * @return completed when the broker has all of it, or cannot be reached; never exceptionally
     */
    public CompletableFuture<Delivery> publish(Publication publication) {
        return publish(List.of(publication));
    }

    /**
     * The same for a message that led to several records with ids of their own: all of them are published or none.
     *
     * @return completed when the broker has all of it, or cannot be reached; never exceptionally
     */
    public CompletableFuture<Delivery> publish(List<Publication> publications) {
        if (!available || closed) {
            return CompletableFuture.completedFuture(Delivery.UNAVAILABLE);
        }
        List<ProducerRecord<String, byte[]>> made = new ArrayList<>();
        try {
            publications.forEach(publication -> made.addAll(records.of(publication)));
        } catch (RegistryException e) {
            LOG.warn("cannot publish: {}", e.getMessage());
            return CompletableFuture.completedFuture(Delivery.UNAVAILABLE);
        }
        if (made.isEmpty()) {
            return CompletableFuture.completedFuture(Delivery.ACKNOWLEDGED);
        }
        Waiting next = new Waiting(made, new CompletableFuture<>());
        if (!waiting.offer(next)) {
            return CompletableFuture.completedFuture(Delivery.UNAVAILABLE);
        }
        if (closed) {
            failAll();
        }
        return next.delivery();
    }

    private void run(int number) {
        try {
            while (!closed) {
                if (!available) {
                    reconnect();
                    continue;
                }
                Waiting first = waiting.poll(RETRY.toMillis(), TimeUnit.MILLISECONDS);
                if (first != null) {
                    publishWith(number, first);
                    rest();
                }
            }
        } catch (InterruptedException closing) {
            LOG.debug("stopped publishing");
        } finally {
            failAll();
        }
    }

    private void publishWith(int number, Waiting first) {
        List<Waiting> batch = new ArrayList<>();
        batch.add(first);
        waiting.drainTo(batch, MOST_IN_TRANSACTION - 1);
        Delivery delivery = transaction(number, batch) ? Delivery.ACKNOWLEDGED : Delivery.UNAVAILABLE;
        batch.forEach(each -> each.delivery().complete(delivery));
    }

    /** Returns false if it cannot be known that the broker has everything. */
    private boolean transaction(int number, List<Waiting> batch) {
        connection.readLock().lock();
        try {
            if (!available) {
                return false;
            }
            if (!mayPublish.getAsBoolean()) {
                drop("another instance has taken over these feeds, or may have");
                return false;
            }
            Producer<String, byte[]> open = producers.get(number);
            open.beginTransaction();
            batch.forEach(each -> each.records().forEach(open::send));
            open.commitTransaction();
            return true;
        } catch (KafkaException | IllegalStateException e) {
            // Whether it was committed is not known. The next producer of this id completes or aborts it.
            drop(e.toString());
            return false;
        } finally {
            connection.readLock().unlock();
        }
    }

    /** One thread connects, once no transaction is under way; the others wait for it. */
    private void reconnect() throws InterruptedException {
        if (!connection.writeLock().tryLock(RETRY.toMillis(), TimeUnit.MILLISECONDS)) {
            return;
        }
        try {
            if (available || closed) {
                return;
            }
            closeProducers();
            try {
                open();
            } catch (KafkaException e) {
                LOG.debug("the broker is still away", e);
            }
            if (available) {
                LOG.info("publishing again");
                return;
            }
            failAll();
        } finally {
            connection.writeLock().unlock();
        }
        pause();
    }

    private void open() {
        if (!mayPublish.getAsBoolean()) {
            return;
        }
        List<Producer<String, byte[]>> made = new ArrayList<>();
        try {
            for (int number = 0; number < PublisherSettings.PRODUCERS; number++) {
                Producer<String, byte[]> next = newProducer.apply(number);
                made.add(next);
                next.initTransactions();
            }
        } catch (RuntimeException e) {
            made.forEach(each -> each.close(Duration.ZERO));
            throw e;
        }
        producers = List.copyOf(made);
        available = true;
    }

    private void drop(String why) {
        available = false;
        LOG.warn("cannot publish: {}", why);
    }

    private void closeProducers() {
        producers.forEach(broken -> broken.close(Duration.ZERO));
        producers = List.of();
    }

    private void failAll() {
        List<Waiting> failed = new ArrayList<>();
        waiting.drainTo(failed);
        failed.forEach(each -> each.delivery().complete(Delivery.UNAVAILABLE));
    }

    /** Others publish meanwhile. Without it, this one would be held back for longer. */
    private static void rest() throws InterruptedException {
        Thread.sleep(REST.toMillis());
    }

    private static void pause() throws InterruptedException {
        Thread.sleep(RETRY.toMillis());
    }

    /** Finishes the transactions in flight. */
    @Override
    public void close() {
        closed = true;
        available = false;
        try {
            join();
            threads.forEach(Thread::interrupt);
            join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        failAll();
        producers.forEach(open -> open.close(Duration.ofSeconds(1)));
        serdes.close();
    }

    private void join() throws InterruptedException {
        long end = System.nanoTime() + CLOSE.toNanos();
        for (Thread thread : threads) {
            thread.join(Math.max(1, (end - System.nanoTime()) / 1_000_000));
        }
    }
}
