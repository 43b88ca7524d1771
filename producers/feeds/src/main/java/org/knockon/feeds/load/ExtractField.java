package org.knockon.feeds.load;

/** A field of an appointment that a column of an extract may hold. */
public enum ExtractField {
    APPOINTMENT_ID("appointmentId", true),
    UPDATED_AT("updatedAt", false),
    SLOT_START("slotStart", true),
    SLOT_END("slotEnd", false),
    MINUTES("minutes", false),
    STATUS("status", false),
    REASON("reason", false),
    PRIORITY("priority", false),
    REPLACES("replaces", false),
    DUE_IN("dueIn", false);

    private final String key;
    private final boolean required;

    ExtractField(String key, boolean required) {
        this.key = key;
        this.required = required;
    }

    /** As in the feeds file, such as {@code slotStart}. */
    public String key() {
        return key;
    }

    public boolean required() {
        return required;
    }
}
