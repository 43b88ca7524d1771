package org.knockon.cli.console;

import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.knockon.producers.replay.ReplayException;
import org.knockon.producers.scenario.ScenarioException;
import org.knockon.sandbox.SandboxException;
import org.knockon.schemas.reading.MissingTopicException;
import org.knockon.schemas.registry.RegistryException;
import org.knockon.streams.app.SettingsException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns what a command threw into one clear line and an exit code. */
public final class FailureReport implements IExecutionExceptionHandler {

    private static final List<Class<? extends Throwable>> AWAY = List.of(
            RegistryException.class,
            MissingTopicException.class,
            RetriableException.class,
            DisconnectException.class,
            AuthenticationException.class,
            AuthorizationException.class);

    @Override
    public int handleExecutionException(Exception thrown, CommandLine command, ParseResult parsed) {
        if (Cleanup.shuttingDown()) {
            // Ctrl-C closed what the command was using; that it noticed is no news.
            return ExitCodes.INTERRUPTED;
        }
        command.getErr().println(command.getColorScheme().errorText("knockon: " + message(thrown)));
        if (CommonOptions.of(command)) {
            command.getErr().println(command.getColorScheme().richStackTraceString(thrown));
        }
        command.getErr().flush();
        return exitCode(thrown);
    }

    static int exitCode(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof CommandFailure failure) {
                return failure.exitCode();
            }
            if (cause instanceof SandboxException) {
                return ExitCodes.SANDBOX;
            }
            if (cause instanceof SettingsException || cause instanceof ScenarioException) {
                return ExitCodes.USAGE;
            }
            if (cause instanceof InterruptException || cause instanceof InterruptedException) {
                return ExitCodes.INTERRUPTED;
            }
            if (cause instanceof ConfigException) {
                return ExitCodes.USAGE;
            }
            if (isOneOf(cause)) {
                return ExitCodes.AWAY;
            }
        }
        return ExitCodes.FOUND_BAD;
    }

    private static boolean isOneOf(Throwable cause) {
        return AWAY.stream().anyMatch(type -> type.isInstance(cause));
    }

    private static String message(Throwable thrown) {
        boolean speaksForItself = thrown instanceof CommandFailure
                || thrown instanceof SandboxException
                || thrown instanceof ScenarioException
                || thrown instanceof SettingsException
                || thrown instanceof ReplayException
                || thrown instanceof RegistryException;
        if (speaksForItself) {
            return thrown.getMessage();
        }
        if (thrown instanceof KafkaException || thrown instanceof IllegalStateException) {
            // "Failed to create new KafkaAdminClient" and the like say nothing without what is beneath.
            String beneath =
                    thrown.getCause() == null ? null : thrown.getCause().getMessage();
            boolean adds =
                    beneath != null && !String.valueOf(thrown.getMessage()).contains(beneath);
            return thrown.getMessage() + (adds ? ": " + beneath : "");
        }
        String said = thrown.getMessage() == null ? "" : ": " + thrown.getMessage();
        return "unexpected " + thrown.getClass().getSimpleName() + said + " (--verbose shows where)";
    }
}
