package org.knockon.cli.settings;

import java.time.Duration;
import java.util.Map;
import org.knockon.cli.console.DurationConverter;
import picocli.CommandLine.Option;

/** Those of a command that gives up when broker or registry do not answer in time; a command that runs for long waits for them instead. */
public final class ConnectionOptions extends ServerOptions {

    @Option(
            names = "--timeout",
            paramLabel = "PT30S",
            converter = DurationConverter.class,
            description =
                    "The longest to wait for an answer of broker or registry, ISO-8601 or seconds. Default: PT30S.")
    private Duration timeout = Settings.DEFAULT_TIMEOUT;

    @Override
    public Settings resolve(Map<String, String> set) {
        return super.resolve(set).withTimeout(timeout);
    }
}
