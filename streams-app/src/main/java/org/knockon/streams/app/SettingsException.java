package org.knockon.streams.app;

import java.util.List;

/** Invalid settings. Names all problems together, each with its setting and value. */
public final class SettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    public SettingsException(List<String> problems) {
        super("invalid settings:\n  " + String.join("\n  ", problems));
        this.problems = List.copyOf(problems);
    }

    /** @param problem one line that also says what to do */
    SettingsException(String problem) {
        super(problem);
        problems = List.of(problem);
    }

    public List<String> problems() {
        return problems;
    }
}
