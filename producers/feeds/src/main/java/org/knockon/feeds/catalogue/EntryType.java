package org.knockon.feeds.catalogue;

import java.util.Locale;

/** What an entry of the catalogue is. */
public enum EntryType {
    SYSTEM,
    SERVICE;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
