package org.knockon.streams;

import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * Commits before its time what somebody waits for: an answer crosses three transactions, and on average would wait half a commit
 * interval for the end of each. No oftener than commits come by themselves, so it can at most double their number.
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

    /** Once the records at hand have been processed. */
    public void request() {
        long now = System.nanoTime();
        if (now - last >= interval) {
            last = now;
            context.commit();
        }
    }
}
