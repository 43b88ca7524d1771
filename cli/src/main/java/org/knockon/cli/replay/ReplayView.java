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
import org.knockon.producers.replay.ReplayProgress;

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
     * @param halt why nothing is published now, so that rate and end are unknown
     */
    record Progress(long eventTime, long done, long total, double eventsPerSecond, Optional<Duration> left, Halt halt) {
        int percent() {
            return total == 0 ? 100 : (int) (100 * done / total);
        }
    }

    /** Why a replay publishes nothing for a while. */
    enum Halt {
        NONE(""),
        PAUSED("paused on the wall display"),
        BROKER_AWAY("waiting for the broker");

        private final String text;

        Halt(String text) {
            this.text = text;
        }

        static Halt of(ReplayProgress progress, boolean waiting) {
            if (waiting) {
                return BROKER_AWAY;
            }
            return progress.paused() ? PAUSED : NONE;
        }
    }

    Frame frame(Progress progress, LiveCounts.Snapshot counts) {
        return frame(progress, text.lines(counts), text.line(counts) + "; ");
    }

    /** Without counts, for a replay that only publishes. */
    Frame frame(Progress progress) {
        return frame(progress, List.of(), "");
    }

    private Frame frame(Progress progress, List<String> counts, String countsInLine) {
        String when = time.format(Instant.ofEpochMilli(progress.eventTime()));
        List<String> lines = new ArrayList<>();
        lines.add(text.exercise() + "  " + scenario);
        lines.add("event time  " + when);
        lines.addAll(counts);
        lines.add(bar(progress.percent()) + "  " + pace(progress));
        return new Frame(lines, text.exercise() + " " + when + ": " + countsInLine + pace(progress));
    }

    private static String bar(int percent) {
        int full = BAR * percent / 100;
        return "[" + "=".repeat(full) + (full < BAR ? ">" + " ".repeat(BAR - full - 1) : "") + "]";
    }

    private static String pace(Progress progress) {
        String done = progress.percent() + "% of " + Figures.count(progress.total()) + " events, ";
        if (progress.halt() != Halt.NONE) {
            return done + progress.halt().text;
        }
        String left = progress.left()
                .map(time -> ", " + Figures.wholeSpan(time) + " left")
                .orElse("");
        return done + Figures.count(Math.round(progress.eventsPerSecond())) + "/s" + left;
    }
}
