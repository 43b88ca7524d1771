package org.knockon.warroom.serve;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.Dimension;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.warroom.board.BoardSnapshot;
import org.knockon.warroom.feed.BoardSource;

/**
 * The counts of the hospital as metrics, for dashboards beside the wall. Only of the whole hospital, of its sites and of
 * kinds of care: labels for services or outages would make more time series than Prometheus should keep. The text holds
 * numbers and names of the catalogue, nothing about a single appointment. Thread-safe.
 */
final class WarRoomMetrics {

    private static final Set<Dimension> SHOWN = EnumSet.of(Dimension.ALL, Dimension.CATEGORY);

    /** Counts by their names on the topic. Postponed is the sum of the last four. */
    private static final Map<String, ToDoubleFunction<ImpactCounts>> STATES = states();

    private final BoardSource source;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final MultiGauge appointments;
    private double openOutages = Double.NaN;

    WarRoomMetrics(BoardSource source) {
        this.source = source;
        appointments = MultiGauge.builder("knockon.appointments")
                .description("Appointments by what outages did to them, in the whole hospital (ALL), a site or a category")
                .register(registry);
        gauge("knockon.outages.open", "Systems whose own outage is open", board -> openOutages);
        gauge("knockon.board.ready", "1 once all that was on the topics at the start is read", board ->
                board.caughtUp() ? 1 : 0);
        gauge("knockon.board.clock.seconds", "Event time on the wall, epoch seconds", board ->
                board.now().map(now -> now / 1e3).orElse(Double.NaN));
        gauge(
                "knockon.board.behind.seconds",
                "Age of the oldest input that the pipeline has not processed",
                board -> board.pipeline().behindSeconds());
        gauge("knockon.board.unreadable.records", "Records that are missing from the wall", BoardSource::unreadable);
    }

    /** The metrics in Prometheus' text format. Counts are absent until the board is ready. */
    synchronized String text() {
        source.snapshot(OptionalLong.empty()).ifPresent(this::update);
        return registry.scrape();
    }

    private void update(BoardSnapshot board) {
        openOutages = board.outages().stream()
                .filter(outage -> outage.outage().open())
                .count();
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        board.counts().forEach((cell, counts) -> {
            if (SHOWN.contains(cell.dimension())) {
                add(rows, cell.dimension().name(), cell.value(), counts);
            }
        });
        bySite(board.counts()).forEach((site, counts) -> add(rows, Dimension.SITE.name(), site, counts));
        appointments.register(rows, true);
    }

    /** The board keeps sites by category. An appointment has one site and one category, so these add up. */
    private static Map<String, ImpactCounts> bySite(Map<Cell, ImpactCounts> all) {
        Map<String, ImpactCounts> sites = new HashMap<>();
        all.forEach((cell, counts) -> {
            if (cell.dimension() == Dimension.SITE_CATEGORY) {
                String site = cell.value().substring(0, Math.max(0, cell.value().lastIndexOf('/')));
                sites.merge(site, counts, ImpactCounts::plus);
            }
        });
        return sites;
    }

    private static void add(List<MultiGauge.Row<?>> rows, String dimension, String value, ImpactCounts counts) {
        STATES.forEach((state, number) -> rows.add(MultiGauge.Row.of(
                Tags.of("dimension", dimension, "value", value, "state", state), number.applyAsDouble(counts))));
    }

    private void gauge(String name, String meaning, ToDoubleFunction<BoardSource> value) {
        Gauge.builder(name, source, value).description(meaning).register(registry);
    }

    private static Map<String, ToDoubleFunction<ImpactCounts>> states() {
        Map<String, ToDoubleFunction<ImpactCounts>> states = new LinkedHashMap<>();
        states.put("atRisk", ImpactCounts::atRisk);
        states.put("unconfirmed", ImpactCounts::unconfirmed);
        states.put("deliveredInDowntime", ImpactCounts::deliveredInDowntime);
        states.put("awaitingDate", ImpactCounts::awaitingDate);
        states.put("rebooked", ImpactCounts::rebooked);
        states.put("recovered", ImpactCounts::recovered);
        states.put("abandoned", ImpactCounts::abandoned);
        return states;
    }
}
