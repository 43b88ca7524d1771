package org.knockon.schemas.limits;

/** Which text a field accepts, apart from its length. */
public enum TextKind {
    /** Identifies one thing: not blank, no control characters. */
    ID(false, true),
    /** An id that may be null. */
    OPTIONAL_ID(true, true),
    /** Part of keys and cells: no control characters. May be empty or null. */
    CODE(true, false),
    /** For people to read. May be empty or null. */
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

    /** Returns the reason for refusing a text, without quoting it, or null if it is accepted. */
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
            return field + " contains a control character";
        }
        return shape.brokenSurrogate() ? field + " contains half a surrogate pair, which UTF-8 cannot encode" : null;
    }
}
