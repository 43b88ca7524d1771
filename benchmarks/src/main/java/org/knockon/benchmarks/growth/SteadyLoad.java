package org.knockon.benchmarks.growth;

import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.knockon.benchmarks.harness.Estate;
import org.knockon.benchmarks.harness.ExpectedCounts;
import org.knockon.benchmarks.harness.ServiceGroup;

/**
 * Writes appointments and computes the counts they must lead to. Half of a batch books new ones, half writes second versions of random
 * ones, never two of the same: histories stay short however many events there are.
 */
final class SteadyLoad {

    private final Estate estate;
    private final ServiceGroup hit;
    private final ServiceGroup others;
    private final int oneIn;
    private final Random random;
    private final BitSet updated = new BitSet();
    private int booked;

    /** @param oneIn one in so many appointments needs the systems of {@code hit}, the rest those of {@code others} */
    SteadyLoad(Estate estate, ServiceGroup hit, ServiceGroup others, int oneIn, long seed) {
        this.estate = estate;
        this.hit = hit;
        this.others = others;
        this.oneIn = oneIn;
        random = new Random(seed);
    }

    List<ServiceGroup> groups() {
        return List.of(hit, others);
    }

    /** Returns once the broker has acknowledged them. */
    void book(int number) {
        for (int i = 0; i < number; i++) {
            bookOne();
        }
        estate.flush();
    }

    /** Returns once the broker has acknowledged them. */
    void batch(int events) {
        for (int i = 0; i < events / 2; i++) {
            bookOne();
            int any = random.nextInt(booked);
            while (updated.get(any)) {
                any = random.nextInt(booked);
            }
            updated.set(any);
            estate.update(group(any), any);
        }
        estate.flush();
    }

    /** The counts while the systems of {@code hit} are down. */
    ExpectedCounts whileDown() {
        long atRisk = 0;
        long delivered = 0;
        for (int i = 0; i < booked; i += oneIn) {
            if (updated.get(i) && !Estate.isMovedByUpdate(i)) {
                delivered++;
            } else {
                atRisk++;
            }
        }
        return new ExpectedCounts(atRisk, delivered);
    }

    private void bookOne() {
        estate.book(group(booked), booked);
        booked++;
    }

    private ServiceGroup group(int number) {
        return number % oneIn == 0 ? hit : others;
    }
}
