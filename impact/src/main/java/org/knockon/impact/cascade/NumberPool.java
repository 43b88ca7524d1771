package org.knockon.impact.cascade;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Assigns small numbers to items, for their positions in bit sets. Numbers of removed items are reused. */
final class NumberPool<T> {

    private final List<T> byNumber = new ArrayList<>();
    private final ArrayDeque<Integer> free = new ArrayDeque<>();

    T add(IntFunction<T> create) {
        if (free.isEmpty()) {
            byNumber.add(create.apply(byNumber.size()));
            return byNumber.get(byNumber.size() - 1);
        }
        int number = free.pop();
        byNumber.set(number, create.apply(number));
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
