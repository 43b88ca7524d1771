package org.knockon.streams.codec;

import java.util.Arrays;
import java.util.function.ToIntFunction;

/**
 * The number that stands for each constant of an enum in stored bytes. Tags are explicit, so reordering an enum or
 * adding a constant changes no stored value. Zero stands for null. Two small arrays, no lookup in maps: they are on
 * the hot path.
 */
public final class EnumTags<E extends Enum<E>> {

    /** In stored bytes: no constant. */
    static final int NULL = 0;

    /** Fits into four bits together with a version of four bits: see {@link VersionedTag}. */
    static final int LARGEST = 15;

    private final String name;
    private final byte[] tags;
    private final E[] constants;

    /**
     * @param name for messages
     * @param all every constant of the enum
     * @param tagOf a tag from 1 to 15 for each, written as an exhaustive switch, so that a new constant without a tag
     *     does not compile
     */
    EnumTags(String name, E[] all, ToIntFunction<E> tagOf) {
        this.name = name;
        tags = new byte[all.length];
        constants = Arrays.copyOf(all, LARGEST + 1);
        Arrays.fill(constants, null);
        for (E constant : all) {
            int tag = tagOf.applyAsInt(constant);
            if (tag <= NULL || tag > LARGEST || constants[tag] != null) {
                throw new IllegalArgumentException(
                        name + " " + constant + " needs a tag of its own from 1 to " + LARGEST + ", but has " + tag);
            }
            tags[constant.ordinal()] = (byte) tag;
            constants[tag] = constant;
        }
    }

    public int tag(E constant) {
        return constant == null ? NULL : tags[constant.ordinal()];
    }

    /** @throws StateFormatException when no constant has this tag */
    public E constant(int tag) {
        if (tag == NULL) {
            return null;
        }
        E constant = tag < 0 || tag > LARGEST ? null : constants[tag];
        if (constant == null) {
            throw new StateFormatException("unknown tag " + tag + " of " + name);
        }
        return constant;
    }
}
