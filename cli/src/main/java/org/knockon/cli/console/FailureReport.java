package org.knockon.cli.console;

import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.knockon.feeds.catalogue.CatalogueFileException;
import org.knockon.feeds.settings.FeedsFileException;
import org.knockon.producers.replay.ReplayException;
import org.knockon.producers.scenario.ScenarioException;
import org.knockon.sandbox.SandboxException;
import org.knockon.schemas.reading.MissingTopicException;
import org.knockon.schemas.recording.RecordingException;
import org.knockon.schemas.registry.RegistryException;
import org.knockon.streams.app.SettingsException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns an exception of a command into one clear line and an exit code. */
public final class FailureReport implements IExecutionExceptionHandler {

    private static final List<Class<? extends Throwable>> UNAVAILABLE = List.of(
            RegistryException.class,
            MissingTopicException.class,
            RetriableException.class,
            DisconnectException.class,
            AuthenticationException.class,
            AuthorizationException.class);

    @Override
    public int handleExecutionException(Exception thrown, CommandLine command, ParseResult parsed) {
        if (Cleanup.shuttingDown()) {
            // Ctrl-C closed what the command was using, so its failure needs no report.
            return ExitCodes.INTERRUPTED;
        }
        command.getErr().println(command.getColorScheme().errorText("knockon: " + message(thrown)));
        if (CommonOptions.verbose(command)) {
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
            if (cause instanceof SettingsException
                    || cause instanceof ScenarioException
                    || cause instanceof RecordingException
                    || cause instanceof FeedsFileException
                    || cause instanceof CatalogueFileException) {
                return ExitCodes.USAGE;
            }
            if (cause instanceof InterruptException || cause instanceof InterruptedException) {
                return ExitCodes.INTERRUPTED;
            }
            if (cause instanceof ConfigException) {
                return ExitCodes.USAGE;
            }
            if (isUnavailable(cause)) {
                return ExitCodes.UNAVAILABLE;
            }
        }
        return ExitCodes.FAILURES;
    }

    private static boolean isUnavailable(Throwable cause) {
        return UNAVAILABLE.stream().anyMatch(type -> type.isInstance(cause));
    }

    private static String message(Throwable thrown) {
        boolean hasClearMessage = thrown instanceof CommandFailure
                || thrown instanceof SandboxException
                || thrown instanceof ScenarioException
                || thrown instanceof RecordingException
                || thrown instanceof FeedsFileException
                || thrown instanceof CatalogueFileException
                || thrown instanceof SettingsException
                || thrown instanceof ReplayException
                || thrown instanceof RegistryException;
        if (hasClearMessage) {
            return thrown.getMessage();
        }
        if (thrown instanceof KafkaException || thrown instanceof IllegalStateException) {
            // "Failed to create new KafkaAdminClient" is useless without its cause.
            String cause = thrown.getCause() == null ? null : thrown.getCause().getMessage();
            boolean adds = cause != null && !String.valueOf(thrown.getMessage()).contains(cause);
            return thrown.getMessage() + (adds ? ": " + cause : "");
        }
        String detail = thrown.getMessage() == null ? "" : ": " + thrown.getMessage();
        return "unexpected " + thrown.getClass().getSimpleName() + detail + " (--verbose prints the stack trace)";
    }
}
