package org.knockon.warroom.access;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Decides whose password is checked next. One per address at a time; the address with the fewest wrong passwords goes
 * first and, among equals, the newest request, so that a queue of guesses does not delay later requests. If too many
 * wait, the last in that order is refused. Thread-safe.
 */
final class PasswordCheckQueue {

    private static final Comparator<Waiting> NEXT_FIRST = Comparator.comparing((Waiting each) -> each.wrong)
            .thenComparing(each -> each.arrival, Comparator.reverseOrder());

    private final int concurrent;
    private final int maxWaiting;
    private final int maxPerAddress;
    private final List<Waiting> waiting = new ArrayList<>();
    private final Set<String> checking = new HashSet<>();
    private long arrivals;

    private enum State {
        WAITING,
        ADMITTED,
        REFUSED
    }

    private static final class Waiting {
        private final String address;
        private final int wrong;
        private final long arrival;
        private State state = State.WAITING;

        private Waiting(String address, int wrong, long arrival) {
            this.address = address;
            this.wrong = wrong;
            this.arrival = arrival;
        }
    }

    /**
     * @param concurrent maximum number of checks at the same time
     * @param maxWaiting maximum number of waiting requests, all addresses together
     * @param maxPerAddress maximum number of waiting requests of one address
     */
    PasswordCheckQueue(int concurrent, int maxWaiting, int maxPerAddress) {
        this.concurrent = concurrent;
        this.maxWaiting = maxWaiting;
        this.maxPerAddress = maxPerAddress;
    }

    /**
     * Waits until the password may be checked. After true, the caller must call {@link #end}.
     *
     * @param wrong number of recent wrong passwords of the address
     * @return false if the wait took too long or too many are waiting
     */
    synchronized boolean await(String address, int wrong, Duration atMost) throws InterruptedException {
        Waiting own = new Waiting(address, wrong, arrivals++);
        waiting.add(own);
        if (waiting.stream().filter(each -> each.address.equals(address)).count() > maxPerAddress) {
            refuse(own);
        }
        admitNext();
        if (waiting.size() > maxWaiting) {
            refuse(waiting.stream().max(NEXT_FIRST).orElseThrow());
        }
        long deadline = System.nanoTime() + atMost.toNanos();
        try {
            while (own.state == State.WAITING) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    refuse(own);
                } else {
                    wait(left);
                }
            }
        } catch (InterruptedException e) {
            if (own.state == State.ADMITTED) {
                end(address);
            }
            waiting.remove(own);
            throw e;
        }
        return own.state == State.ADMITTED;
    }

    synchronized void end(String address) {
        checking.remove(address);
        admitNext();
    }

    synchronized int waiting() {
        return waiting.size();
    }

    private void refuse(Waiting request) {
        waiting.remove(request);
        request.state = State.REFUSED;
        notifyAll();
    }

    private void admitNext() {
        while (checking.size() < concurrent) {
            Waiting next = waiting.stream()
                    .filter(each -> !checking.contains(each.address))
                    .min(NEXT_FIRST)
                    .orElse(null);
            if (next == null) {
                return;
            }
            waiting.remove(next);
            checking.add(next.address);
            next.state = State.ADMITTED;
            notifyAll();
        }
    }
}
