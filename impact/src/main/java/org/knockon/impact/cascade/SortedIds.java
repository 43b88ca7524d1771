package org.knockon.impact.cascade;

import java.util.AbstractCollection;
import java.util.BitSet;
import java.util.Iterator;
import java.util.NavigableMap;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** The sorted ids of the members of a bit set. The work is done lazily, for as many ids as the caller reads. */
final class SortedIds<T> extends AbstractCollection<String> {

    /** If more than one in this many is a member, walking through all in order is cheaper than sorting the members. */
    private static final int SPARSE = 8;

    private final BitSet members;
    private final NavigableMap<String, T> all;
    private final ToIntFunction<T> number;
    private final NumberPool<T> numbers;
    private final Function<T, String> id;
    private final int size;

    SortedIds(
            BitSet members,
            NavigableMap<String, T> all,
            ToIntFunction<T> number,
            NumberPool<T> numbers,
            Function<T, String> id) {
        this.members = members;
        this.all = all;
        this.number = number;
        this.numbers = numbers;
        this.id = id;
        this.size = members.cardinality();
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Iterator<String> iterator() {
        if ((long) size * SPARSE >= all.size()) {
            return all.values().stream()
                    .filter(one -> members.get(number.applyAsInt(one)))
                    .map(id)
                    .iterator();
        }
        return members.stream().mapToObj(numbers::get).map(id).sorted().iterator();
    }
}
