package org.knockon.systemtests;

import java.nio.file.Path;
import java.time.LocalDate;

/** The command {@code stream} on the events of one past day, until it is idle. */
public final class StreamedDay {

    private StreamedDay() {}

    /** @param folder holds the state of the streams app */
    public static CommandRun run(SharedSandbox.Place place, String prefix, LocalDate day, Path folder) {
        return CommandRun.of(
                place,
                "stream",
                "--until-idle",
                "--prefix",
                prefix,
                "--set",
                "clock=replay",
                "--set",
                "replay.from=" + day + "T00:00:00Z",
                "--set",
                "replay.until=" + day.plusDays(1) + "T00:00:00Z",
                "--set",
                "state.dir=" + folder.resolve("state"),
                "--set",
                "http.port=0");
    }
}
