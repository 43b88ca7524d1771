package org.knockon.feeds.receive;

import org.knockon.feeds.count.FeedCounts;
import org.knockon.feeds.count.FeedJournal;

/**
 * What one feed keeps for the life of the process. Everything else is read from the topics whenever this instance begins
 * to work.
 */
public record FeedLife(FeedCounts counts, FeedJournal journal, LateObservations late) {

    public static FeedLife begin(FeedCounts counts) {
        return new FeedLife(counts, new FeedJournal(), new LateObservations());
    }
}
