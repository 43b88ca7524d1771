package org.knockon.benchmarks.soak;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.knockon.benchmarks.harness.TopicReader;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.Dimension;
import org.knockon.impact.model.Impact;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.schemas.AssessedImpact;
import org.knockon.schemas.CellCounts;
import org.knockon.schemas.Topics;
import org.knockon.schemas.serde.KnockonSerdes;

/** Counts {@code care-impacts} again in all, by site and by service, and compares with {@code impact-counts}. */
final class Recount implements AutoCloseable {

    private final Map<String, Impact> impacts = new HashMap<>();
    private final Map<Cell, ImpactCounts> published = new HashMap<>();

    private final KnockonSerdes serdes;
    private final TopicReader careImpacts;
    private final TopicReader counts;

    Recount(String prefix, Map<String, Object> client) {
        serdes = new KnockonSerdes(client);
        careImpacts = TopicReader.committed(client, Topics.CARE_IMPACTS.name(prefix));
        counts = TopicReader.committed(client, Topics.IMPACT_COUNTS.name(prefix));
    }

    /** Reads both topics to their current ends. */
    void read() {
        var impactOf = serdes.value(Topics.CARE_IMPACTS).deserializer();
        var countsOf = serdes.value(Topics.IMPACT_COUNTS).deserializer();
        careImpacts.readToEnd(record -> {
            AssessedImpact assessed = impactOf.deserialize(record.topic(), record.value());
            if (assessed == null) {
                impacts.remove(record.key());
            } else {
                impacts.put(record.key(), assessed.impact());
            }
        });
        counts.readToEnd(record -> {
            CellCounts cell = countsOf.deserialize(record.topic(), record.value());
            published.put(cell.cell(), cell.counts());
        });
    }

    @Override
    public void close() {
        careImpacts.close();
        counts.close();
        serdes.close();
    }

    /** By appointmentId, including NONE. */
    Map<String, Impact> impacts() {
        return impacts;
    }

    ImpactCounts total() {
        return published.getOrDefault(Cell.ALL, ImpactCounts.ZERO);
    }

    /** Cells whose published counts differ from the recount, with both. */
    Map<String, String> differences() {
        Map<Cell, ImpactCounts> recounted = new HashMap<>();
        for (Impact impact : impacts.values()) {
            ImpactCounts one = counted(impact);
            recounted.merge(Cell.ALL, one, ImpactCounts::plus);
            recounted.merge(new Cell(Dimension.SITE, impact.site()), one, ImpactCounts::plus);
            recounted.merge(new Cell(Dimension.SERVICE, impact.serviceId()), one, ImpactCounts::plus);
        }
        published.keySet().stream()
                .filter(Recount::isRecounted)
                .forEach(cell -> recounted.putIfAbsent(cell, ImpactCounts.ZERO));
        Map<String, String> differences = new TreeMap<>();
        recounted.forEach((cell, counts) -> {
            ImpactCounts theirs = published.getOrDefault(cell, ImpactCounts.ZERO);
            if (!theirs.equals(counts)) {
                differences.put(cell.key(), "published " + theirs + ", recounted " + counts);
            }
        });
        return differences;
    }

    private static boolean isRecounted(Cell cell) {
        return cell.dimension() == Dimension.ALL
                || cell.dimension() == Dimension.SITE
                || cell.dimension() == Dimension.SERVICE;
    }

    private static ImpactCounts counted(Impact impact) {
        long delay = Objects.requireNonNullElse(impact.delayMinutes(), 0L);
        return switch (impact.state()) {
            case AT_RISK -> new ImpactCounts(1, 0, 0, 0, 0, 0, 0, 0);
            case UNCONFIRMED -> new ImpactCounts(0, 1, 0, 0, 0, 0, 0, 0);
            case DELIVERED_IN_DOWNTIME -> new ImpactCounts(0, 0, 1, 0, 0, 0, 0, 0);
            case AWAITING_DATE -> new ImpactCounts(0, 0, 0, 1, 0, 0, 0, 0);
            case REBOOKED -> new ImpactCounts(0, 0, 0, 0, 1, 0, 0, delay);
            case RECOVERED -> new ImpactCounts(0, 0, 0, 0, 0, 1, 0, delay);
            case ABANDONED -> new ImpactCounts(0, 0, 0, 0, 0, 0, 1, 0);
            case NONE, UNKNOWN -> ImpactCounts.ZERO;
        };
    }
}
