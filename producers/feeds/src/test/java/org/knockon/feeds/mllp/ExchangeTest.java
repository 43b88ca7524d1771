package org.knockon.feeds.mllp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExchangeTest {

    @Test
    void anAnswerInTimeIsTheOnlyOne() {
        Exchange exchange = new Exchange();

        assertThat(exchange.beginAnswer()).isTrue();
        assertThat(exchange.beginAnswer()).isFalse();
        assertThat(exchange.endAnswer()).isTrue();
        assertThat(exchange.expire()).isFalse();
    }

    @Test
    void nothingIsWrittenWhenTheTimeIsOver() {
        Exchange exchange = new Exchange();

        assertThat(exchange.expire()).isTrue();
        assertThat(exchange.beginAnswer()).isFalse();
        assertThat(exchange.expire()).isFalse();
    }

    @Test
    void theTimeMayEndWhileTheAnswerIsWritten() {
        Exchange exchange = new Exchange();

        assertThat(exchange.beginAnswer()).isTrue();
        assertThat(exchange.expire()).isTrue();
        assertThat(exchange.endAnswer()).isFalse();
    }

    @Test
    void settingsSayAllThatIsWrong() {
        assertThatThrownBy(() -> new MllpSettings(
                        "pas",
                        "127.0.0.1",
                        70_000,
                        Optional.empty(),
                        Optional.of(Path.of("ca.pem")),
                        false,
                        Duration.ofSeconds(-1),
                        0,
                        Duration.ZERO,
                        0))
                .hasMessage("port is 70000: it must be from 0 to 65535; clientCa is given without tls;"
                        + " answerWithin is PT-1S: it must be at least 1 ms; maxConnections is 0: it must be at least 1;"
                        + " idle is PT0S: it must be at least 1 ms; maxFrame is 0: it must be at least 1");
    }
}
