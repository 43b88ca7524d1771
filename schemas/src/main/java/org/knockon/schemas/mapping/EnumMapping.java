package org.knockon.schemas.mapping;

import java.lang.reflect.Array;
import java.util.List;

/**
 * Maps two enums with the same constant names to each other, by array because this is on the hot path. Null stays null.
 */
final class EnumMapping<C extends Enum<C>, A extends Enum<A>> {

    private final A[] toAvro;
    private final C[] toCore;

    /** @throws IllegalArgumentException when one enum has a constant that the other lacks */
    EnumMapping(Class<C> core, Class<A> avro) {
        toAvro = inOrderOf(core, avro);
        toCore = inOrderOf(avro, core);
    }

    A toAvro(C value) {
        return value == null ? null : toAvro[value.ordinal()];
    }

    C toCore(A value) {
        return value == null ? null : toCore[value.ordinal()];
    }

    /**
     * The constant at this place of the schema's symbols.
     *
     * @throws ArrayIndexOutOfBoundsException when there is none
     */
    C toCore(int index) {
        return toCore[index];
    }

    List<A> toAvro(List<C> values) {
        return values.stream().map(this::toAvro).toList();
    }

    List<C> toCore(List<A> values) {
        return values.stream().map(this::toCore).toList();
    }

    private static <F extends Enum<F>, T extends Enum<T>> T[] inOrderOf(Class<F> from, Class<T> to) {
        F[] names = from.getEnumConstants();
        @SuppressWarnings("unchecked")
        T[] mapped = (T[]) Array.newInstance(to, names.length);
        for (F name : names) {
            mapped[name.ordinal()] = Enum.valueOf(to, name.name());
        }
        return mapped;
    }
}
