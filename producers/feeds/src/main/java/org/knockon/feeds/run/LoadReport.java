package org.knockon.feeds.run;

import java.util.List;
import org.knockon.feeds.count.FeedCounts;
import org.knockon.feeds.message.Refusal;

/**
 * What became of an extract so far.
 *
 * @param rows that were read
 * @param bytes that were read
 * @param counts by outcome; a row counts as published when the broker has its records
 * @param refused the first of the refused rows
 * @param complete whether the extract was read to its end and everything is published
 */
public record LoadReport(long rows, long bytes, FeedCounts.Snapshot counts, List<Refused> refused, boolean complete) {

    /** A refused row, by the number of its first line. */
    public record Refused(long line, Refusal refusal) {}

    public LoadReport {
        refused = List.copyOf(refused);
    }
}
