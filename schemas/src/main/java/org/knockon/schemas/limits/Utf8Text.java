package org.knockon.schemas.limits;

/** Properties of a text that decide whether it is accepted, computed without encoding it. */
final class Utf8Text {

    /** @param bytes length in UTF-8 */
    record Shape(long bytes, boolean blank, boolean controls, boolean brokenSurrogate) {}

    private Utf8Text() {}

    static Shape shape(String text) {
        long bytes = 0;
        boolean blank = true;
        boolean controls = false;
        boolean broken = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            blank &= Character.isWhitespace(c);
            controls |= Character.isISOControl(c);
            if (c < 0x80) {
                bytes++;
            } else if (c < 0x800) {
                bytes += 2;
            } else if (!Character.isSurrogate(c)) {
                bytes += 3;
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                bytes += 4;
                i++;
            } else {
                bytes += 3;
                broken = true;
            }
        }
        return new Shape(bytes, blank, controls, broken);
    }
}
