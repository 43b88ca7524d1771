package org.knockon.feeds.probe;

import java.util.List;

/**
 * One feed of probes.
 *
 * @param monitor name in the records
 * @param every pause between two looks at one target, in milliseconds
 * @param timeout longest duration of a look, in milliseconds
 */
public record ProbeFeedSettings(String name, String monitor, long every, long timeout, List<ProbeTarget> targets) {

    public ProbeFeedSettings {
        targets = List.copyOf(targets);
    }
}
