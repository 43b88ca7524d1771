package org.knockon.streams.task;

import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * Commits a result early. A result crosses three transactions and would wait half a commit interval, on average, for
 * the end of each. It requests at most one commit per commit interval, so it can at most double the number of commits.
 */
public final class PromptCommit {

    private final ProcessorContext<?, ?> context;
    private final long interval;
    private long last;

    public PromptCommit(ProcessorContext<?, ?> context) {
        this.context = context;
        Object millis = context.appConfigs().get(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG);
        interval = TimeUnit.MILLISECONDS.toNanos(Long.parseLong(millis.toString()));
        last = System.nanoTime() - interval;
    }

    /** Commits as soon as the current records have been processed. */
    public void request() {
        long now = System.nanoTime();
        if (now - last >= interval) {
            last = now;
            context.commit();
        }
    }
}
