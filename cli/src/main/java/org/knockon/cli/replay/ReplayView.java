package org.knockon.cli.replay;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.knockon.cli.console.Figures;
import org.knockon.cli.console.LiveDisplay.Frame;
import org.knockon.cli.counts.CountsText;
import org.knockon.cli.counts.LiveCounts;

/** Formats the progress display of a replay. */
final class ReplayView {

    private static final int BAR = 20;

    private final String scenario;
    private final CountsText text;
    private final DateTimeFormatter time;

    /** @param zone time zone for event times */
    ReplayView(String scenario, ZoneId zone, CountsText text) {
        this.scenario = scenario;
        this.text = text;
        this.time = DateTimeFormatter.ofPattern("EEE d MMM uuuu HH:mm zzz", Locale.ENGLISH)
                .withZone(zone);
    }

    /**
     * @param eventTime event time that the pipeline has reached, epoch milliseconds
     * @param done number of events published and processed by the pipeline
     * @param left estimated wall-clock time to the end; empty if unknown
     * @param paused whether the replay is paused, so that rate and end are unknown
     */
    record Progress(
            long eventTime, long done, long total, double eventsPerSecond, Optional<Duration> left, boolean paused) {
        int percent() {
            return total == 0 ? 100 : (int) (100 * done / total);
        }
    }

    Frame frame(Progress progress, LiveCounts.Snapshot counts) {
        String when = time.format(Instant.ofEpochMilli(progress.eventTime()));
        List<String> lines = new ArrayList<>();
        lines.add(text.exercise() + "  " + scenario);
        lines.add("event time  " + when);
        lines.addAll(text.lines(counts));
        lines.add(bar(progress.percent()) + "  " + pace(progress));
        return new Frame(lines, text.exercise() + " " + when + ": " + text.line(counts) + "; " + pace(progress));
    }

    private static String bar(int percent) {
        int full = BAR * percent / 100;
        return "[" + "=".repeat(full) + (full < BAR ? ">" + " ".repeat(BAR - full - 1) : "") + "]";
    }

    private static String pace(Progress progress) {
        String done = progress.percent() + "% of " + Figures.count(progress.total()) + " events, ";
        if (progress.paused()) {
            return done + "paused on the wall display";
        }
        String left = progress.left()
                .map(time -> ", " + Figures.wholeSpan(time) + " left")
                .orElse("");
        return done + Figures.count(Math.round(progress.eventsPerSecond())) + "/s" + left;
    }
}
