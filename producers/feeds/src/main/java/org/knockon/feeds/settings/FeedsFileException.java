package org.knockon.feeds.settings;

import java.util.List;
import java.util.stream.Collectors;
import org.knockon.producers.yaml.Problem;

/** A feeds file cannot be used. Lists all its mistakes. */
public final class FeedsFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    FeedsFileException(String file, List<Problem> problems) {
        super("feeds file " + file + " has " + (problems.size() == 1 ? "1 problem" : problems.size() + " problems")
                + problems.stream().map(problem -> "\n  " + problem).collect(Collectors.joining()));
        this.problems = List.copyOf(problems);
    }

    FeedsFileException(String message, Throwable cause) {
        super(message, cause);
        this.problems = List.of();
    }

    /** In the order of the file; empty if the file cannot be read. */
    public List<Problem> problems() {
        return problems == null ? List.of() : problems;
    }
}
