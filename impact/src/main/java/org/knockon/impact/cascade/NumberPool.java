package org.knockon.impact.cascade;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Gives out small numbers for positions in bit sets; a number that was given back is given out again. */
final class NumberPool<T> {

    private final List<T> byNumber = new ArrayList<>();
    private final ArrayDeque<Integer> free = new ArrayDeque<>();

    T add(IntFunction<T> made) {
        if (free.isEmpty()) {
            byNumber.add(made.apply(byNumber.size()));
            return byNumber.get(byNumber.size() - 1);
        }
        int number = free.pop();
        byNumber.set(number, made.apply(number));
        return byNumber.get(number);
    }

    T get(int number) {
        return byNumber.get(number);
    }

    void remove(int number) {
        byNumber.set(number, null);
        free.push(number);
    }
}
