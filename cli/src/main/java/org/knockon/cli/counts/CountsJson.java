package org.knockon.cli.counts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.knockon.cli.console.Json;
import org.knockon.impact.model.ImpactCounts;

/** Counts as JSON, with the field names of impact-counts. */
public final class CountsJson {

    private CountsJson() {}

    public static ObjectNode of(ImpactCounts counts) {
        return Json.object()
                .put("atRisk", counts.atRisk())
                .put("unconfirmed", counts.unconfirmed())
                .put("deliveredInDowntime", counts.deliveredInDowntime())
                .put("awaitingDate", counts.awaitingDate())
                .put("rebooked", counts.rebooked())
                .put("recovered", counts.recovered())
                .put("abandoned", counts.abandoned())
                .put("postponed", counts.postponed())
                .put("outstanding", counts.outstanding())
                .put("delayMinutes", counts.delayMinutes());
    }
}
