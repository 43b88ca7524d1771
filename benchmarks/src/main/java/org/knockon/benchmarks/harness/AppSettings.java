package org.knockon.benchmarks.harness;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Settings of the streams app, the same for every measure. No HTTP server unless a measure asks for one. */
public final class AppSettings {

    private static final Duration REPLAYED = Duration.ofDays(2);

    private AppSettings() {}

    /** With the clock of a replay that starts at {@link EstateClock#OPENS}. The application id is {@link #group}. */
    public static Map<String, String> replay(String prefix, Path stateDir, int threads) {
        Map<String, String> settings = common(prefix, stateDir, threads);
        settings.put("clock", "replay");
        settings.put("replay.from", Instant.ofEpochMilli(EstateClock.OPENS).toString());
        settings.put(
                "replay.until",
                Instant.ofEpochMilli(EstateClock.OPENS).plus(REPLAYED).toString());
        return settings;
    }

    /** With the wall clock. The application id is {@link #group}. */
    public static Map<String, String> live(String prefix, Path stateDir, int threads) {
        Map<String, String> settings = common(prefix, stateDir, threads);
        settings.put("clock", "live");
        return settings;
    }

    /** Consumer group, and prefix of the changelogs' names. */
    public static String group(String prefix) {
        return prefix + "streams";
    }

    private static Map<String, String> common(String prefix, Path stateDir, int threads) {
        Map<String, String> settings = new HashMap<>();
        settings.put("prefix", prefix);
        settings.put("application.id", group(prefix));
        settings.put("threads", Integer.toString(threads));
        settings.put("state.dir", stateDir.toString());
        settings.put("http.port", "-1");
        return settings;
    }
}
