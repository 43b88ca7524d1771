package org.knockon.systemtests.warroom;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.systemtests.CommandRun;

/** Compares the counts of an outage in JSON and on its page with the list of its appointments and with its cell. */
final class OutageSumsCheck {

    private static final int CATEGORY_FROM_END = 7;
    private static final int SPECIALTY_FROM_END = 8;

    private OutageSumsCheck() {}

    /**
     * @param json of /api/v1/outages/KEY/counts
     * @param csv the list
     * @param cell counts of the OUTAGE cell on the topic
     */
    static void agree(String json, String csv, ImpactCounts cell) {
        JsonNode sums = CommandRun.parse(json);
        assertThat(sums.get("cut").booleanValue()).isFalse();
        agree(sums.get("byCategory"), csv, CATEGORY_FROM_END, cell);
        agree(sums.get("bySpecialty"), csv, SPECIALTY_FROM_END, cell);
        assertThat(csv.lines().skip(1).map(line -> line.split(",")[2]).filter(json::contains))
                .as("ids")
                .isEmpty();
    }

    /** @param page of the counts of the outage */
    static void show(Page page, ImpactCounts cell) {
        for (String by : List.of("categories", "specialties")) {
            assertThat(page.locator("[aria-labelledby=" + by + "] tbody td:nth-child(2)").allTextContents().stream()
                            .mapToLong(text -> Long.parseLong(text.replace(",", "")))
                            .sum())
                    .as(by)
                    .isEqualTo(cell.postponed());
        }
    }

    private static void agree(JsonNode rows, String csv, int fromEnd, ImpactCounts cell) {
        Map<String, Long> listed = new HashMap<>();
        csv.lines()
                .skip(1)
                .map(line -> line.split(","))
                .forEach(row -> listed.merge(row[row.length - fromEnd], 1L, Long::sum));
        Map<String, Long> counted = new HashMap<>();
        ImpactCounts sum = ImpactCounts.ZERO;
        for (JsonNode row : rows) {
            ImpactCounts counts = counts(row.get("figures"));
            sum = sum.plus(counts);
            counted.put(
                    row.get("value").textValue(),
                    counts.postponed() + counts.unconfirmed() + counts.deliveredInDowntime() + counts.atRisk());
        }
        assertThat(sum).isEqualTo(cell);
        assertThat(counted).isEqualTo(listed);
    }

    private static ImpactCounts counts(JsonNode figures) {
        return new ImpactCounts(
                figures.get("atRisk").longValue(),
                figures.get("unconfirmed").longValue(),
                figures.get("deliveredInDowntime").longValue(),
                figures.get("awaitingDate").longValue(),
                figures.get("rebooked").longValue(),
                figures.get("recovered").longValue(),
                figures.get("abandoned").longValue(),
                figures.get("delayMinutes").longValue());
    }
}
