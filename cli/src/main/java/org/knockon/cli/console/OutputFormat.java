package org.knockon.cli.console;

import java.util.Locale;

/** Text for people or JSON for programs. */
public enum OutputFormat {
    TEXT,
    JSON;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
