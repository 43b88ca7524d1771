package org.knockon.feeds.catalogue;

import java.util.List;

/**
 * An entry that differs between a file and the topics.
 *
 * @param fields what differs; empty unless the entry is changed
 */
public record CatalogueChange(Kind kind, EntryType type, String id, List<FieldChange> fields) {

    /** How an entry differs. */
    public enum Kind {
        ADDED,
        CHANGED,
        /** On the topics, but not in the file. */
        GONE
    }

    public CatalogueChange {
        fields = List.copyOf(fields);
    }
}
