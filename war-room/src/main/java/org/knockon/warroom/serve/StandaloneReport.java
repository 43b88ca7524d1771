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

/** One incident report without a server: reads the topics and creates the report. */
public final class StandaloneReport implements AutoCloseable {

    private static final long CHECK_MILLIS = 100;

    private final WarRoomSettings settings;
    private final BoardUpdater updater;

    /** The format of a report. */
    public enum Form {
        /** A self-contained file. */
        HTML,
        JSON,
        CSV
    }

    private StandaloneReport(WarRoomSettings settings, BoardUpdater updater) {
        this.settings = settings;
        this.updater = updater;
    }

    /**
     * Starts reading.
     *
     * @throws org.apache.kafka.common.KafkaException if a topic does not exist or the broker does not respond
     */
    public static StandaloneReport start(WarRoomSettings settings) {
        return new StandaloneReport(settings, BoardUpdater.start(settings, System::currentTimeMillis));
    }

    /**
     * Waits until everything that was on the topics at the start has been read, and creates the report.
     *
     * @param at event time, epoch milliseconds; empty for the latest event
     * @return empty if there are no events
     * @throws IllegalArgumentException if {@code at} is after the latest event or before the start of the history
     */
    public Optional<String> create(OptionalLong at, Form form) throws InterruptedException {
        while (!updater.caughtUp()) {
            Thread.sleep(CHECK_MILLIS);
        }
        Optional<BoardSnapshot> latest = updater.snapshot(OptionalLong.empty());
        if (latest.isPresent() && at.isPresent()) {
            check(at.getAsLong(), latest.get().now());
        }
        return latest.flatMap(now -> at.isPresent() ? updater.snapshot(at) : Optional.of(now))
                .map(snapshot -> written(snapshot, form));
    }

    private static void check(long at, long latest) {
        if (at > latest || at < HistoryWindow.earliest(latest)) {
            throw new IllegalArgumentException(
                    "the time must be within the " + HistoryWindow.DAYS + " days before the latest event");
        }
    }

    private String written(BoardSnapshot snapshot, Form form) {
        BuildInfo build = BuildInfo.read();
        StaticFiles page = new StaticFiles(build.uplot());
        IncidentReport report = IncidentReport.of(snapshot, ReportHandlers.origin(settings, build, page));
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
        updater.close();
    }
}
