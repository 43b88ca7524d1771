package org.knockon.schemas.limits;

/** Which texts a field takes, apart from their length. */
public enum TextKind {
    /** Names one thing: not blank, no control characters. */
    ID(false, true),
    /** An id that may be absent. */
    OPTIONAL_ID(true, true),
    /** Part of keys and cells: no control characters. May be empty or absent. */
    CODE(true, false),
    /** For people to read. May be empty or absent. */
    TEXT(true, false);

    private final boolean nullable;
    private final boolean needsContent;

    TextKind(boolean nullable, boolean needsContent) {
        this.nullable = nullable;
        this.needsContent = needsContent;
    }

    /** Whether an empty text is refused. */
    public boolean needsContent() {
        return needsContent;
    }

    /** The reason why a text is refused, which never quotes it; null when it is accepted. */
    String refusal(String field, String text, int atMost) {
        if (text == null) {
            return nullable ? null : field + " is missing";
        }
        Utf8Text.Shape shape = Utf8Text.shape(text);
        if (shape.bytes() > atMost) {
            return field + " has " + shape.bytes() + " bytes in UTF-8: at most " + atMost + " are accepted";
        }
        if (needsContent && shape.blank()) {
            return field + " is empty";
        }
        if (shape.controls() && this != TEXT) {
            return field + " holds a control character";
        }
        return shape.brokenSurrogate() ? field + " holds half a surrogate pair, which UTF-8 cannot encode" : null;
    }
}
