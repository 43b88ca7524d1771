package org.knockon.cli.console;

import org.knockon.producers.replay.ReplaySpeed;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code --speed}. */
public final class SpeedConverter implements ITypeConverter<ReplaySpeed> {

    @Override
    public ReplaySpeed convert(String value) {
        try {
            return ReplaySpeed.parse(value);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
