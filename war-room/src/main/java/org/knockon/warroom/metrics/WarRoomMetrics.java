package org.knockon.warroom.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Labels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.impact.model.ImpactState;
import org.knockon.warroom.board.BoardSnapshot;
import org.knockon.warroom.feed.BoardSource;
import org.knockon.warroom.feed.PipelineStatus;

/**
 * The numbers of the board as Prometheus text. While the board reads the topics, those of appointments and outages are
 * absent: zeros would look like real counts. Thread-safe.
 */
public final class WarRoomMetrics {

    private static final Map<ImpactState, ToLongFunction<ImpactCounts>> COUNTS = Map.of(
            ImpactState.AT_RISK, ImpactCounts::atRisk,
            ImpactState.UNCONFIRMED, ImpactCounts::unconfirmed,
            ImpactState.DELIVERED_IN_DOWNTIME, ImpactCounts::deliveredInDowntime,
            ImpactState.AWAITING_DATE, ImpactCounts::awaitingDate,
            ImpactState.REBOOKED, ImpactCounts::rebooked,
            ImpactState.RECOVERED, ImpactCounts::recovered,
            ImpactState.ABANDONED, ImpactCounts::abandoned);

    private final BoardSource source;
    private final Labels labels;
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final PrometheusTextFormatWriter writer =
            PrometheusTextFormatWriter.builder().build();
    /** Guarded by this; the board as this scrape sees it. */
    private Optional<BoardSnapshot> board = Optional.empty();

    /** @param exercise its name becomes a label of each series, so that nobody takes it for a real incident */
    public WarRoomMetrics(BoardSource source, Optional<String> exercise) {
        this.source = source;
        labels = exercise.map(run -> Labels.of("exercise", run)).orElse(Labels.EMPTY);
        gauge("knockon_war_room_appointments", "Appointments by impact state: in all, by site, by category")
                .labelNames("dimension", "value", "state")
                .callback(this::appointments)
                .register(registry);
        gauge("knockon_war_room_open_outages", "Outages that have not ended, consequences included")
                .callback(into -> board.ifPresent(held -> into.call(openOutages(held))))
                .register(registry);
        gauge("knockon_war_room_newest_count_age_seconds", "Age of the newest asOf of impact-counts")
                .callback(into -> board.filter(held -> held.countedUntil() != null)
                        .ifPresent(held -> into.call(Math.max(0, held.now() - held.countedUntil()) / 1e3)))
                .register(registry);
        gauge("knockon_war_room_pipeline_behind_seconds", "Age of the oldest input that is not counted")
                .callback(into -> into.call(source.pipeline().behindSeconds()))
                .register(registry);
        gauge("knockon_war_room_pipeline_state", "1 for the state of the streams app, 0 for the others")
                .labelNames("state")
                .callback(this::pipeline)
                .register(registry);
        gauge("knockon_war_room_unreadable_records", "Records that could not be read and are missing from the board")
                .callback(into -> into.call(source.unreadable()))
                .register(registry);
    }

    private GaugeWithCallback.Builder gauge(String name, String help) {
        return GaugeWithCallback.builder().name(name).help(help).constLabels(labels);
    }

    private void appointments(GaugeWithCallback.Callback into) {
        board.ifPresent(held -> SummedCells.of(held.counts())
                .forEach((cell, counts) -> COUNTS.forEach((state, count) ->
                        into.call(count.applyAsLong(counts), cell.dimension().name(), cell.value(), state.name()))));
    }

    private static long openOutages(BoardSnapshot board) {
        return board.outages().stream()
                .filter(published -> published.outage().open())
                .count();
    }

    private void pipeline(GaugeWithCallback.Callback into) {
        PipelineStatus.State now = source.pipeline().state();
        for (PipelineStatus.State state : PipelineStatus.State.values()) {
            into.call(state == now ? 1 : 0, state.name());
        }
    }

    public synchronized String scrape() {
        board = source.snapshot(OptionalLong.empty());
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            writer.write(text, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            board = Optional.empty();
        }
        return text.toString(UTF_8);
    }
}
