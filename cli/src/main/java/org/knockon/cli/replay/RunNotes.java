package org.knockon.cli.replay;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What {@code --publish-only} prints first: how to run everything else that works on the run. */
final class RunNotes {

    private RunNotes() {}

    /** @param scenario name or file of the scenario as the user wrote it */
    static List<String> of(ReplayPlan plan, String scenario) {
        RunSettings settings = plan.runSettings();
        String prefix = settings.topicPrefix();
        List<String> lines = new ArrayList<>();
        lines.add(plan.content().title());
        lines.addAll(SummaryText.wrapped(plan.content().notice()));
        lines.add("");
        lines.add("From " + Instant.ofEpochMilli(plan.from()) + " to " + Instant.ofEpochMilli(plan.to()) + ", on "
                + prefix + "*");
        lines.add("Create the topics, if they do not exist:");
        lines.add("  knockon topics create --replay --prefix " + prefix);
        lines.add("Start the streams app and the war room:");
        lines.add("  " + settings.streamCommand());
        lines.add("  knockon war-room --prefix " + prefix);
        lines.add("The same settings as lines of a file for --command-config:");
        settings.properties().forEach(property -> lines.add("  " + property));
        lines.add("Compare the results afterwards:");
        lines.add("  knockon verify --scenario " + scenario + " --prefix " + prefix + shift(plan));
        if (plan.shiftTo().isPresent()) {
            lines.add("Continue after an interruption with the same --run and" + shift(plan));
        }
        return lines;
    }

    private static String shift(ReplayPlan plan) {
        return plan.shiftTo().map(start -> " --shift-to " + start).orElse("");
    }
}
