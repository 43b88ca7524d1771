package org.knockon.feeds.catalogue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.knockon.producers.yaml.Problem;

/** A catalogue cannot be used. Lists all its mistakes. */
public final class CatalogueFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    CatalogueFileException(Path path, List<Problem> problems) {
        super("catalogue " + path + " has " + (problems.size() == 1 ? "1 problem" : problems.size() + " problems")
                + problems.stream().map(problem -> "\n  " + problem).collect(Collectors.joining()));
        this.problems = List.copyOf(problems);
    }

    /** In the order of the files and their lines. */
    public List<Problem> problems() {
        return problems == null ? List.of() : problems;
    }
}
