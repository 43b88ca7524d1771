package org.knockon.cli.console;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Options of every command: {@code --help}, and {@code --verbose} for more logging and for stack traces. */
public final class CommonOptions {

    private static final String KAFKA = "org.apache.kafka";
    private static final String REGISTRY = "org.knockon.schemas.registry";

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    boolean help;

    private boolean verbose;

    @Option(names = "--verbose", description = "Log at INFO instead of WARN, and print stack traces of errors.")
    void verbose(boolean wanted) {
        verbose = wanted;
        if (wanted) {
            level(Logger.ROOT_LOGGER_NAME, Level.INFO);
            level(KAFKA, Level.INFO);
            level(REGISTRY, Level.INFO);
        }
    }

    /** Logs the retries of clients. For long-running commands: a short one reports only the final outcome. */
    public void warnOfRetries() {
        if (!verbose) {
            level(KAFKA, Level.WARN);
            level(REGISTRY, Level.WARN);
        }
    }

    static boolean verbose(CommandLine command) {
        for (CommandSpec spec = command.getCommandSpec(); spec != null; spec = spec.parent()) {
            for (CommandSpec mixin : spec.mixins().values()) {
                if (mixin.userObject() instanceof CommonOptions common && common.verbose) {
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
