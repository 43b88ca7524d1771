package org.knockon.cli.replay;

import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.knockon.cli.settings.Settings;

/**
 * The settings that a streams app needs for the topics of one run: those of the app that a replay starts, and those that
 * {@code --publish-only} prints for an app that runs elsewhere.
 *
 * @param values by the names of {@code StreamsAppSettings.TABLE}, in the order in which they are printed
 */
record RunSettings(Map<String, String> values) {

    static final String GRACE = "catalogue.grace.ms";

    /**
     * On a busy machine the catalogue may arrive late. A scenario names only entries of its own catalogue, so waiting is
     * safe.
     */
    private static final String LONG_GRACE = "600000";

    /**
     * A recording may name what its catalogue lacks, as a live topic may, and the replay waits for the grace of each such
     * record. Its catalogue comes first, so that of a live app is enough.
     */
    static final String GRACE_OF_A_RECORDING = "10000";

    /** The values of the live app would mix the exercise with live data. */
    private static final Set<String> NEVER_OF_THE_LIVE_APP = Set.of("replay.from", "replay.until");

    RunSettings {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /**
     * For the scenario in its own time.
     *
     * @param from epoch milliseconds
     * @param until epoch milliseconds
     * @param users settings of the user, which may contain another grace for the catalogue
     */
    static RunSettings replay(String topicPrefix, long from, long until, Map<String, String> users) {
        Map<String, String> values = named(topicPrefix);
        values.put("clock", "replay");
        values.put("replay.from", Instant.ofEpochMilli(from).toString());
        values.put("replay.until", Instant.ofEpochMilli(until).toString());
        values.put(GRACE, users.getOrDefault(GRACE, LONG_GRACE));
        return new RunSettings(values);
    }

    /** For a shifted scenario. */
    static RunSettings live(String topicPrefix, Map<String, String> users) {
        Map<String, String> values = named(topicPrefix);
        values.put("clock", "live");
        values.put(GRACE, users.getOrDefault(GRACE, LONG_GRACE));
        return new RunSettings(values);
    }

    /** The default application id of this prefix. Printed because another one might stand in the app's environment. */
    private static Map<String, String> named(String topicPrefix) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put(Settings.PREFIX, topicPrefix);
        values.put("application.id", topicPrefix + "streams");
        return values;
    }

    String topicPrefix() {
        return values.get(Settings.PREFIX);
    }

    String applicationId() {
        return values.get("application.id");
    }

    /** The user's settings with these instead of those of the live app. */
    Map<String, String> over(Map<String, String> users) {
        Map<String, String> all = new HashMap<>(users);
        all.keySet().removeAll(NEVER_OF_THE_LIVE_APP);
        all.putAll(values);
        return all;
    }

    /** The command that starts a streams app with these settings. */
    String streamCommand() {
        return "knockon stream --prefix " + topicPrefix()
                + values.entrySet().stream()
                        .filter(setting -> !setting.getKey().equals(Settings.PREFIX))
                        .map(setting -> " --set " + setting.getKey() + "=" + setting.getValue())
                        .collect(Collectors.joining());
    }

    /** The lines for the file of {@code --command-config}. */
    List<String> properties() {
        return values.entrySet().stream()
                .map(setting -> "knockon." + setting.getKey() + "=" + setting.getValue())
                .toList();
    }
}
