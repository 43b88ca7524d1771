package org.knockon.cli.settings;

import java.time.Duration;
import java.util.Map;
import org.knockon.cli.console.DurationConverter;
import picocli.CommandLine.Option;

/** Server options with a timeout, for commands that fail when the broker or the registry does not respond in time. */
public final class ConnectionOptions extends ServerOptions {

    @Option(
            names = "--timeout",
            paramLabel = "PT30S",
            converter = DurationConverter.class,
            description =
                    "Maximum wait for each response of the broker or the registry, ISO-8601 or seconds. Default: PT30S.")
    private Duration timeout = Settings.DEFAULT_TIMEOUT;

    @Override
    public Settings resolve(Map<String, String> set) {
        return super.resolve(set).withTimeout(timeout);
    }
}
