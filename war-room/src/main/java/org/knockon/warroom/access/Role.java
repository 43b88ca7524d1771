package org.knockon.warroom.access;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What a caller may do. Every role includes viewing. */
public enum Role {
    /** Sees what the wall shows. */
    @JsonProperty("viewer")
    VIEWER,
    /** Controls an exercise. */
    @JsonProperty("facilitator")
    FACILITATOR,
    /** Sees single appointments. */
    @JsonProperty("rebooking")
    REBOOKING;

    /** The name in the access file and on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
