package org.knockon.warroom.access;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What a caller may do. Whoever has any role may view. */
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

    /** As the access file and the command line have it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
