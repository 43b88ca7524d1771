package org.knockon.feeds.http;

import java.util.Optional;

/** Health of the process. Each method is called for every request, by several threads. */
public interface FeedHealth {

    /** Why the process must be restarted; empty if it need not. */
    Optional<String> fault();

    /** Why no messages can be published now; empty if they can. */
    Optional<String> notReady();

    /** Whether the feeds have been opened. */
    boolean started();
}
