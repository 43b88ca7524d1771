package org.knockon.cli.ingest;

import java.util.List;
import java.util.stream.Collectors;
import org.knockon.feeds.settings.FeedSettings;
import org.knockon.warroom.WarRoomSettings;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** What commands that use a feeds file require of their options. */
final class FeedChoice {

    private FeedChoice() {}

    /**
     * The feed of {@code --feed}.
     *
     * @param name null if the option is not given; then there must be one feed only
     */
    static FeedSettings of(CommandLine command, List<FeedSettings> feeds, String name) {
        if (name == null && feeds.size() == 1) {
            return feeds.get(0);
        }
        return feeds.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ParameterException(
                        command,
                        (name == null ? "give --feed NAME: " : "there is no feed '" + name + "': ") + "the feeds are "
                                + feeds.stream().map(FeedSettings::name).collect(Collectors.joining(", "))));
    }

    /** @param exercise null if {@code --exercise} is not given */
    static void requireReplay(CommandLine command, String exercise, String prefix) {
        if (exercise != null && WarRoomSettings.exerciseIn(prefix).isEmpty()) {
            throw new ParameterException(
                    command,
                    "--exercise needs the prefix of a replay, such as 'knockon.replay." + exercise
                            + ".': records of an exercise must not be on live topics");
        }
    }
}
