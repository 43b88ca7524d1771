package org.knockon.benchmarks.growth;

import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.knockon.benchmarks.estate.Estate;
import org.knockon.benchmarks.estate.Expected;
import org.knockon.benchmarks.estate.Group;

/**
 * Writes appointments and knows what their counts must come to. Half of a batch are new ones, half second versions of any that is there,
 * none twice: so histories stay as short however many events there are.
 */
final class Load {

    private final Estate estate;
    private final Group hit;
    private final Group others;
    private final int oneIn;
    private final Random random;
    private final BitSet updated = new BitSet();
    private int booked;

    /** @param oneIn this share of the appointments needs the systems of {@code hit}, the rest those of {@code others} */
    Load(Estate estate, Group hit, Group others, int oneIn, long seed) {
        this.estate = estate;
        this.hit = hit;
        this.others = others;
        this.oneIn = oneIn;
        random = new Random(seed);
    }

    List<Group> groups() {
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
    Expected whileDown() {
        long atRisk = 0;
        long delivered = 0;
        for (int i = 0; i < booked; i += oneIn) {
            if (updated.get(i) && !Estate.movedBy(i)) {
                delivered++;
            } else {
                atRisk++;
            }
        }
        return new Expected(atRisk, delivered);
    }

    private Group group(int number) {
        return number % oneIn == 0 ? hit : others;
    }
}
