package org.knockon.feeds.mllp;

import java.time.Duration;
import java.util.Optional;

/** Settings of a listener of tests, without TLS. */
final class PlainSettings {

    private PlainSettings() {}

    static MllpSettings of(int port, int maxConnections, Duration idle, Duration answerWithin, int maxFrame) {
        return new MllpSettings(
                "pas",
                "127.0.0.1",
                port,
                Optional.empty(),
                Optional.empty(),
                false,
                answerWithin,
                maxConnections,
                idle,
                maxFrame);
    }
}
