package org.knockon.feeds.count;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleConsumer;
import java.util.function.IntSupplier;
import org.knockon.feeds.message.Flag;
import org.knockon.feeds.message.MappedMessage;
import org.knockon.feeds.message.Outcome;
import org.knockon.feeds.message.RefusalReason;

/** The numbers of one feed. Thread-safe. */
public final class FeedCounts {

    /** Unmapped names that are kept. A sender with a name of its own for every message would fill the list otherwise. */
    public static final int MOST_UNMAPPED = 100;

    private final String name;
    private final String kind;
    private final DoubleConsumer answerSeconds;
    private final Map<Outcome, LongAdder> outcomes = adders(Outcome.class);
    private final Map<RefusalReason, LongAdder> reasons = adders(RefusalReason.class);
    private final Map<Flag, LongAdder> flags = adders(Flag.class);
    private final Set<String> unmapped = new TreeSet<>();
    private final AtomicLong lastMessageAt = new AtomicLong();
    private volatile IntSupplier connections = () -> 0;

    /** @param answerSeconds receives the time from the end of each message to its answer */
    public FeedCounts(String name, String kind, DoubleConsumer answerSeconds) {
        this.name = name;
        this.kind = kind;
        this.answerSeconds = answerSeconds;
    }

    /** @param open number of connections that are open now; without it 0 */
    public void connections(IntSupplier open) {
        connections = open;
    }

    public String name() {
        return name;
    }

    /** Counts what a message became. */
    public void count(MappedMessage message, long receivedAt) {
        outcomes.get(message.outcome()).increment();
        message.refusal().ifPresent(refusal -> reasons.get(refusal.reason()).increment());
        message.flags().forEach(flag -> flags.get(flag).increment());
        add(message.unmapped());
        received(receivedAt);
    }

    /** Counts a message that could not be published. */
    public void unavailable(long receivedAt) {
        outcomes.get(Outcome.UNAVAILABLE).increment();
        received(receivedAt);
    }

    public void answered(double seconds) {
        answerSeconds.accept(seconds);
    }

    private void received(long at) {
        lastMessageAt.accumulateAndGet(at, Math::max);
    }

    private void add(Collection<String> names) {
        if (names.isEmpty()) {
            return;
        }
        synchronized (unmapped) {
            names.stream().filter(each -> unmapped.size() < MOST_UNMAPPED).forEach(unmapped::add);
        }
    }

    /**
     * The numbers at one moment.
     *
     * @param lastMessageAt epoch milliseconds; empty if no message has come
     * @param reasons only those that occurred; likewise the flags
     * @param unmapped names that no rule fits, at most {@link #MOST_UNMAPPED}
     */
    public record Snapshot(
            String name,
            String kind,
            OptionalLong lastMessageAt,
            Map<Outcome, Long> outcomes,
            Map<RefusalReason, Long> reasons,
            Map<Flag, Long> flags,
            List<String> unmapped,
            int connections) {}

    public Snapshot snapshot() {
        long last = lastMessageAt.get();
        List<String> names;
        synchronized (unmapped) {
            names = List.copyOf(unmapped);
        }
        return new Snapshot(
                name,
                kind,
                last == 0 ? OptionalLong.empty() : OptionalLong.of(last),
                sums(Outcome.class, outcomes, true),
                sums(RefusalReason.class, reasons, false),
                sums(Flag.class, flags, false),
                names,
                connections.getAsInt());
    }

    private static <E extends Enum<E>> Map<E, LongAdder> adders(Class<E> type) {
        Map<E, LongAdder> adders = new EnumMap<>(type);
        for (E each : type.getEnumConstants()) {
            adders.put(each, new LongAdder());
        }
        return adders;
    }

    private static <E extends Enum<E>> Map<E, Long> sums(Class<E> type, Map<E, LongAdder> adders, boolean zeros) {
        Map<E, Long> sums = new EnumMap<>(type);
        adders.forEach((each, adder) -> {
            if (zeros || adder.sum() > 0) {
                sums.put(each, adder.sum());
            }
        });
        return sums;
    }
}
