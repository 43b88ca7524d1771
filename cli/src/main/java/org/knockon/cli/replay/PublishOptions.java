package org.knockon.cli.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.knockon.cli.console.DurationConverter;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Options of {@code knockon replay} for a streams app that runs elsewhere. */
final class PublishOptions {

    private static final String PUBLISH_ONLY = "--publish-only";
    private static final String SHIFT_TO = "--shift-to";
    private static final String WAIT = "--wait";

    /** Options about what a replay starts itself. */
    private static final List<String> NOT_WITH_PUBLISH_ONLY = List.of(
            "--keep",
            "--folder",
            "--open",
            "--partitions",
            "--replication-factor",
            "--bind",
            "--access",
            "--tls-cert",
            "--tls-key",
            "--behind-tls-proxy",
            "--connections-per-address");

    @Option(
            names = PUBLISH_ONLY,
            description =
                    "Only publish the events, for a streams app and a war room that run elsewhere. First prints the"
                            + " settings that they need. Requires --run.")
    private boolean publishOnly;

    @Option(
            names = SHIFT_TO,
            paramLabel = "TIME|now",
            converter = StartTime.class,
            description =
                    "With --publish-only, for an app with a live clock: move all times so that the scenario starts"
                            + " then, and publish each event when its time comes. With an offset, such as 2026-12-01T09:00:00Z.")
    private Instant shiftTo;

    @Option(
            names = WAIT,
            paramLabel = "PT1M",
            defaultValue = "PT1M",
            converter = DurationConverter.class,
            description =
                    "With --publish-only: maximum wait for a streams app that reads the topics of the run, ISO-8601"
                            + " or seconds. Default: PT1M.")
    private Duration maxWait;

    boolean publishOnly() {
        return publishOnly;
    }

    Optional<Instant> shiftTo() {
        return Optional.ofNullable(shiftTo);
    }

    /** Maximum wait for the streams app. */
    Duration maxWait() {
        return maxWait;
    }

    /** @throws ParameterException if the options contradict each other */
    void requireConsistent(CommandLine command) {
        ParseResult given = command.getParseResult();
        if (!publishOnly) {
            for (String option : List.of(SHIFT_TO, WAIT)) {
                require(command, !given.hasMatchedOption(option), option + " requires " + PUBLISH_ONLY);
            }
            return;
        }
        require(
                command,
                given.hasMatchedOption("--run"),
                PUBLISH_ONLY + " requires --run: the app has to know the name of the run, too");
        require(
                command,
                !given.hasMatchedOption("--verify"),
                "--verify needs an app that this command starts; use 'knockon verify' after " + PUBLISH_ONLY);
        require(
                command,
                shiftTo == null || !given.hasMatchedOption("--speed"),
                "--speed cannot be combined with " + SHIFT_TO + ": each event is published when its time comes");
        NOT_WITH_PUBLISH_ONLY.forEach(option -> require(
                command,
                !given.hasMatchedOption(option),
                option + " cannot be combined with " + PUBLISH_ONLY + ", which starts and creates nothing"));
    }

    private static void require(CommandLine command, boolean met, String message) {
        if (!met) {
            throw new ParameterException(command, message);
        }
    }
}
