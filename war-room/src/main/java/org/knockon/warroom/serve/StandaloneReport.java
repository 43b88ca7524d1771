package org.knockon.warroom.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import java.util.OptionalLong;
import org.knockon.warroom.WarRoomSettings;
import org.knockon.warroom.board.BoardSnapshot;
import org.knockon.warroom.board.HistoryWindow;
import org.knockon.warroom.feed.BoardUpdater;
import org.knockon.warroom.page.Json;
import org.knockon.warroom.report.IncidentReport;
import org.knockon.warroom.report.ReportCsv;
import org.knockon.warroom.report.ReportHtml;

/** One incident report, without a server: reads the topics, says what they hold, and ends. */
public final class StandaloneReport implements AutoCloseable {

    private static final long LOOK_MILLIS = 100;

    private final WarRoomSettings settings;
    private final BoardUpdater keeper;

    /** The form of a report. */
    public enum Form {
        /** A file that needs nothing beside it. */
        HTML,
        JSON,
        CSV
    }

    private StandaloneReport(WarRoomSettings settings, BoardUpdater keeper) {
        this.settings = settings;
        this.keeper = keeper;
    }

    /**
     * Starts reading.
     *
     * @throws org.apache.kafka.common.KafkaException when a topic does not exist or the broker does not answer
     */
    public static StandaloneReport start(WarRoomSettings settings) {
        return new StandaloneReport(settings, BoardUpdater.start(settings, System::currentTimeMillis));
    }

    /**
     * Waits until all has been read that was there at the start.
     *
     * @param at event time, epoch milliseconds; empty for the latest that was read
     * @return empty where no event has been read
     * @throws IllegalArgumentException when {@code at} lies after the latest event, or further back than is remembered
     */
    public Optional<String> make(OptionalLong at, Form form) throws InterruptedException {
        while (!keeper.caughtUp()) {
            Thread.sleep(LOOK_MILLIS);
        }
        Optional<BoardSnapshot> latest = keeper.standing(OptionalLong.empty());
        if (latest.isPresent() && at.isPresent()) {
            check(at.getAsLong(), latest.get().now());
        }
        return latest.flatMap(now -> at.isPresent() ? keeper.standing(at) : Optional.of(now))
                .map(standing -> written(standing, form));
    }

    private static void check(long at, long latest) {
        if (at > latest || at < HistoryWindow.earliest(latest)) {
            throw new IllegalArgumentException(
                    "the time must not lie after the latest event, nor more than " + HistoryWindow.DAYS + " days before it");
        }
    }

    private String written(BoardSnapshot standing, Form form) {
        BuildInfo build = BuildInfo.ofThis();
        StaticFiles page = new StaticFiles(build.uplot());
        IncidentReport report = IncidentReport.of(standing, ReportHandlers.origin(settings, build, page));
        return switch (form) {
            case HTML ->
                ReportHtml.file(
                        report,
                        new String(page.files().get("/assets/report.css").bytes(), UTF_8));
            case JSON -> Json.of(report);
            case CSV -> ReportCsv.of(report);
        };
    }

    @Override
    public void close() {
        keeper.close();
    }
}
