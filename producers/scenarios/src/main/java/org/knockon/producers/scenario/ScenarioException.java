package org.knockon.producers.scenario;

import java.util.List;
import java.util.stream.Collectors;
import org.knockon.producers.yaml.Problem;

/** A scenario cannot be used. Lists all its mistakes. */
public final class ScenarioException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public ScenarioException(String name, List<Problem> problems) {
        super("scenario '" + name + "' has " + (problems.size() == 1 ? "1 problem" : problems.size() + " problems")
                + problems.stream().map(p -> "\n  " + p).collect(Collectors.joining()));
        this.problems = List.copyOf(problems);
    }

    public ScenarioException(String message) {
        super(message);
        this.problems = List.of();
    }

    /** In the order of the file; empty if the problem is not in one of its lines. */
    public List<Problem> problems() {
        return problems == null ? List.of() : problems;
    }
}
