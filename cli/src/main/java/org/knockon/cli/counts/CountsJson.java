package org.knockon.cli.counts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.knockon.cli.console.Json;
import org.knockon.impact.model.ImpactCounts;

/** Counts as JSON, with the field names of impact-counts. */
public final class CountsJson {

    private CountsJson() {}

    public static ObjectNode of(ImpactCounts counts) {
        ObjectNode json = Json.object();
        for (CountTerm term : CountTerm.values()) {
            json.put(term.field(), term.of(counts));
        }
        return json.put("delayMinutes", counts.delayMinutes());
    }
}
