package org.knockon.benchmarks.growth;

import org.knockon.benchmarks.harness.Estate;
import org.knockon.benchmarks.harness.ExpectedCounts;
import org.knockon.benchmarks.harness.ServiceGroup;

import java.util.BitSet;
import java.util.List;
import java.util.Random;

/**
 * Writes appointments and knows what their counts must come to. Half of a batch are new ones, half second versions of any that is there,
 * none twice: so histories stay as short however many events there are.
 */
final class SteadyLoad {

    private final Estate estate;
    private final ServiceGroup hit;
    private final ServiceGroup others;
    private final int oneIn;
    private final Random random;
    private final BitSet updated = new BitSet();
    private int booked;

    /** @param oneIn this share of the appointments needs the systems of {@code hit}, the rest those of {@code others} */
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

    void book(int number) throws Exception {
        for (int i = 0; i < number; i++) {
            estate.book(group(booked), booked);
            booked++;
        }
        estate.flush();
    }

    /** Returns once the broker has them. */
    void batch(int events) throws Exception {
        for (int i = 0; i < events / 2; i++) {
            estate.book(group(booked), booked);
            booked++;
            int any = random.nextInt(booked);
            while (updated.get(any)) {
                any = random.nextInt(booked);
            }
            updated.set(any);
            estate.update(group(any), any);
        }
        estate.flush();
    }

    /** While the systems of {@code hit} are down. */
    ExpectedCounts whileDown() {
        long atRisk = 0;
        long delivered = 0;
        for (int i = 0; i < booked; i += oneIn) {
            if (updated.get(i) && !Estate.movedBy(i)) {
                delivered++;
            } else {
                atRisk++;
            }
        }
        return new ExpectedCounts(atRisk, delivered);
    }

    private ServiceGroup group(int number) {
        return number % oneIn == 0 ? hit : others;
    }
}
