package org.knockon.cli.console;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The option {@code --verbose}: more logging, and stack traces with errors. */
public final class Verbosity {

    private boolean verbose;

    @Option(
            names = "--verbose",
            description = "Log at INFO instead of WARN, and show where an error comes from.",
            order = 1000)
    void verbose(boolean wanted) {
        verbose = wanted;
        if (wanted) {
            level(Logger.ROOT_LOGGER_NAME, Level.INFO);
            level("org.apache.kafka", Level.INFO);
        }
    }

    /** Kafka's warnings, which commands that end soon leave out: what matters of them they report themselves. */
    public void warnOfKafka() {
        if (!verbose) {
            level("org.apache.kafka", Level.WARN);
        }
    }

    static boolean of(CommandLine command) {
        for (CommandSpec spec = command.getCommandSpec(); spec != null; spec = spec.parent()) {
            for (CommandSpec mixin : spec.mixins().values()) {
                if (mixin.userObject() instanceof Verbosity verbosity && verbosity.verbose) {
                    return true;
                }
            }
        }
        return false;
    }

    private static void level(String logger, Level level) {
        ((Logger) LoggerFactory.getLogger(logger)).setLevel(level);
    }
}
