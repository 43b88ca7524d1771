package org.knockon.streams.codec;

/**
 * A stored value of one byte: the version of the form in the upper four bits, the tag of an enum constant in the lower
 * four.
 */
public final class VersionedTag<E extends Enum<E>> {

    private final String name;
    private final int version;
    private final EnumTags<E> tags;

    VersionedTag(String name, int version, EnumTags<E> tags) {
        this.name = name;
        this.version = version;
        this.tags = tags;
    }

    public byte[] toBytes(E constant) {
        return new byte[] {(byte) (version << 4 | tags.tag(constant))};
    }

    /** @throws StateFormatException when the value has another version, or an unknown tag */
    public E fromBytes(byte[] value) {
        if (value.length != 1 || value[0] >> 4 != version) {
            throw new StateFormatException("cannot read " + name + ": " + value.length + " bytes, version "
                    + (value.length == 0 ? "missing" : value[0] >> 4) + " where this release reads version "
                    + version);
        }
        return tags.constant(value[0] & 0xF);
    }
}
