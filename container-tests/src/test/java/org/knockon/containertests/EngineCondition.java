package org.knockon.containertests;

import static org.junit.jupiter.api.extension.ConditionEvaluationResult.disabled;
import static org.junit.jupiter.api.extension.ConditionEvaluationResult.enabled;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Whether this machine has what {@link InContainers} asks for. */
final class EngineCondition implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Optional<InContainers> asked = context.getElement().map(element -> element.getAnnotation(InContainers.class));
        if (asked.isEmpty()) {
            return enabled("the class decides");
        }
        Optional<String> missing = missing(asked.get());
        missing.ifPresent(
                what -> System.out.println(context.getRequiredTestClass().getSimpleName() + " is skipped: " + what));
        return missing.map(what -> disabled(what)).orElseGet(() -> enabled("engine and images are there"));
    }

    private static Optional<String> missing(InContainers asked) {
        if (Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .noneMatch(folder -> Files.isExecutable(Path.of(folder, "docker")))) {
            return Optional.of("no docker on the PATH");
        }
        if (Command.docker("info").run().exitCode() != 0) {
            return Optional.of("no Docker engine answers");
        }
        if (asked.compose() && Command.docker("compose", "version").run().exitCode() != 0) {
            return Optional.of("docker has no Compose");
        }
        return Stream.of(asked.images())
                .filter(image -> !image.here())
                .findFirst()
                .map(image -> "no image " + image.tag() + "; 'docker pull' or docker/stand-ins provides it");
    }
}
