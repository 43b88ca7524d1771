package org.knockon.cli.replay;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.knockon.cli.console.TimeConverter;
import picocli.CommandLine.ITypeConverter;

/** Reads {@code --shift-to}: a time with an offset, or {@code now}. */
final class StartTime implements ITypeConverter<Instant> {

    private static final String NOW = "now";

    private final TimeConverter times = new TimeConverter();

    @Override
    public Instant convert(String value) {
        return value.equalsIgnoreCase(NOW) ? Instant.now().truncatedTo(ChronoUnit.SECONDS) : times.convert(value);
    }
}
