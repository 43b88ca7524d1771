package org.knockon.feeds.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.knockon.server.threads.SupervisedThreads;

/** Producers that take turns, without a broker. */
@Timeout(30)
class FeedPublisherTest {

    private static final PublisherSettings SETTINGS = new PublisherSettings(
            Map.of("schema.registry.url", "http://localhost:1"), "test.", "group", Optional.empty());

    /** A producer whose commits wait for a permit, and then may fail. */
    private static final class SlowProducer extends MockProducer<String, byte[]> {
        private final Semaphore commits = new Semaphore(0);
        private final CountDownLatch committing = new CountDownLatch(1);
        private volatile boolean failing;

        SlowProducer() {
            super(true, null, new StringSerializer(), new ByteArraySerializer());
        }

        @Override
        public void commitTransaction() {
            committing.countDown();
            commits.acquireUninterruptibly();
            if (failing) {
                throw new KafkaException("the broker is away");
            }
            super.commitTransaction();
        }
    }

    private final SupervisedThreads threads = new SupervisedThreads();
    private final List<SlowProducer> made = new CopyOnWriteArrayList<>();
    private final FeedPublisher publisher = new FeedPublisher(SETTINGS, () -> true, threads, this::make);

    private Producer<String, byte[]> make(int number) {
        SlowProducer producer = new SlowProducer();
        made.add(producer);
        return producer;
    }

    @AfterEach
    void close() {
        threads.closing();
        made.forEach(producer -> producer.commits.release(100));
        publisher.close();
    }

    @Test
    void aMessageDoesNotWaitForTheTransactionOfAnother() throws Exception {
        publisher.connect();
        CompletableFuture<Delivery> first = publisher.publish(state("a"));
        SlowProducer slow = committing(made);
        CompletableFuture<Delivery> second = publisher.publish(state("b"));
        List<SlowProducer> others = new ArrayList<>(made);
        others.remove(slow);
        SlowProducer other = committing(others);

        other.commits.release();

        assertThat(second.get()).isEqualTo(Delivery.ACKNOWLEDGED);
        assertThat(first).isNotDone();
        slow.commits.release();
        assertThat(first.get()).isEqualTo(Delivery.ACKNOWLEDGED);
        assertThat(slow.history()).extracting(record -> record.key()).containsExactly("a");
        assertThat(other.history()).extracting(record -> record.key()).containsExactly("b");
    }

    @Test
    void afterAFailureNothingIsPublishedBeforeAllProducersAreInitialisedAgain() throws Exception {
        publisher.connect();
        List<SlowProducer> before = List.copyOf(made);
        CompletableFuture<Delivery> first = publisher.publish(state("a"));
        SlowProducer failing = committing(before);
        CompletableFuture<Delivery> second = publisher.publish(state("b"));
        List<SlowProducer> others = new ArrayList<>(before);
        others.remove(failing);
        SlowProducer stillUnderWay = committing(others);
        failing.failing = true;

        failing.commits.release();

        assertThat(first.get()).isEqualTo(Delivery.UNAVAILABLE);
        assertThat(publisher.publish(state("a")).get())
                .as("while a transaction of before is under way")
                .isEqualTo(Delivery.UNAVAILABLE);
        assertThat(made).hasSameSizeAs(before);
        stillUnderWay.commits.release();
        assertThat(second.get()).isEqualTo(Delivery.ACKNOWLEDGED);
        while (!publisher.available()) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        assertThat(before).allMatch(MockProducer::closed);
        List<SlowProducer> after = made.subList(before.size(), made.size());
        assertThat(after).hasSameSizeAs(before).allMatch(MockProducer::transactionInitialized);
        after.forEach(producer -> producer.commits.release());
        assertThat(publisher.publish(state("a")).get()).isEqualTo(Delivery.ACKNOWLEDGED);
    }

    /** The end of a state: a record without a value, which needs no registry. */
    private static Publication state(String key) {
        return new Publication("am", "", List.of(), List.of(), Optional.empty(), List.of(), List.of(key));
    }

    /** The one of these that commits, once one does. */
    private static SlowProducer committing(List<SlowProducer> some) throws InterruptedException {
        while (true) {
            for (SlowProducer producer : some) {
                if (producer.committing.await(5, TimeUnit.MILLISECONDS)) {
                    return producer;
                }
            }
        }
    }
}
