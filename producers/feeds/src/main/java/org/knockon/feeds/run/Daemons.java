package org.knockon.feeds.run;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads of pools, which do not keep the process alive. */
final class Daemons {

    private Daemons() {}

    static ThreadFactory named(String part) {
        AtomicInteger number = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, "knockon-" + part + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
