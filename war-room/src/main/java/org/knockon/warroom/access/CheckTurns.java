package org.knockon.warroom.access;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whose password is checked next. Of one address one at a time, and first the address with the fewest wrong ones; of equals the
 * newest, so that a queue of guesses delays nobody who comes after it. Of more than may wait, the last in that order is sent away. For any
 * thread.
 */
final class CheckTurns {

    private static final Comparator<Waiting> NEXT_FIRST = Comparator.comparing((Waiting each) -> each.wrong)
            .thenComparing(each -> each.arrival, Comparator.reverseOrder());

    private final int atOnce;
    private final int mostWaiting;
    private final int mostOfOne;
    private final List<Waiting> waiting = new ArrayList<>();
    private final Set<String> checked = new HashSet<>();
    private long arrivals;

    private enum Turn {
        AWAITED,
        COME,
        REFUSED
    }

    private static final class Waiting {
        private final String address;
        private final int wrong;
        private final long arrival;
        private Turn turn = Turn.AWAITED;

        private Waiting(String address, int wrong, long arrival) {
            this.address = address;
            this.wrong = wrong;
            this.arrival = arrival;
        }
    }

    /**
     * @param atOnce checks at the same time
     * @param mostWaiting that wait, all addresses together
     * @param mostOfOne that wait of one address
     */
    CheckTurns(int atOnce, int mostWaiting, int mostOfOne) {
        this.atOnce = atOnce;
        this.mostWaiting = mostWaiting;
        this.mostOfOne = mostOfOne;
    }

    /**
     * Waits for a turn; who has it must {@link #end} it.
     *
     * @param wrong passwords that the address sent lately
     * @return false where others had to come first for too long, or there are too many
     */
    synchronized boolean await(String address, int wrong, Duration atMost) throws InterruptedException {
        Waiting mine = new Waiting(address, wrong, arrivals++);
        waiting.add(mine);
        if (waiting.stream().filter(each -> each.address.equals(address)).count() > mostOfOne) {
            refuse(mine);
        }
        callNext();
        if (waiting.size() > mostWaiting) {
            refuse(waiting.stream().max(NEXT_FIRST).orElseThrow());
        }
        long deadline = System.nanoTime() + atMost.toNanos();
        try {
            while (mine.turn == Turn.AWAITED) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    refuse(mine);
                } else {
                    wait(left);
                }
            }
        } catch (InterruptedException e) {
            if (mine.turn == Turn.COME) {
                end(address);
            }
            waiting.remove(mine);
            throw e;
        }
        return mine.turn == Turn.COME;
    }

    synchronized void end(String address) {
        checked.remove(address);
        callNext();
    }

    synchronized int waiting() {
        return waiting.size();
    }

    private void refuse(Waiting who) {
        waiting.remove(who);
        who.turn = Turn.REFUSED;
        notifyAll();
    }

    private void callNext() {
        while (checked.size() < atOnce) {
            Waiting next = waiting.stream()
                    .filter(each -> !checked.contains(each.address))
                    .min(NEXT_FIRST)
                    .orElse(null);
            if (next == null) {
                return;
            }
            waiting.remove(next);
            checked.add(next.address);
            next.turn = Turn.COME;
            notifyAll();
        }
    }
}
