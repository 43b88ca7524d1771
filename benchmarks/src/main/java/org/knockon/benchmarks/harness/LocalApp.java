package org.knockon.benchmarks.harness;

import java.time.Duration;
import java.util.Map;
import org.knockon.streams.app.KnockonStreams;
import org.knockon.streams.app.StreamsAppSettings;

/** The streams app in this JVM, for measures that read its own figures. */
public final class LocalApp implements AutoCloseable {

    private static final Duration LONGEST = Duration.ofMinutes(30);

    private final KnockonStreams streams;

    private LocalApp(KnockonStreams streams) {
        this.streams = streams;
    }

    public static LocalApp start(Map<String, String> settings, Map<String, Object> client) {
        return new LocalApp(KnockonStreams.start(StreamsAppSettings.parse(settings, client)));
    }

    public KnockonStreams streams() {
        return streams;
    }

    /**
     * Returns once the app runs and has no work left.
     *
     * @throws IllegalStateException if it does not become idle in time
     */
    public void awaitIdle() throws InterruptedException {
        if (!streams.awaitIdle(LONGEST)) {
            throw new IllegalStateException(
                    "the streams app did not become idle within " + LONGEST.toMinutes() + " min");
        }
    }

    @Override
    public void close() {
        streams.close();
    }
}
