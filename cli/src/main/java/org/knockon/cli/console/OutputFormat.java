package org.knockon.cli.console;

import java.util.Locale;

/** For people or for programs. */
public enum OutputFormat {
    TEXT,
    JSON;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
