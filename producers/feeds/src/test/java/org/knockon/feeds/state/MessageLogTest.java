package org.knockon.feeds.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.knockon.feeds.pseudonym.KeyedHash;
import org.knockon.schemas.FeedState.SeenMessages;

class MessageLogTest {

    private static final long NOON = 1_658_235_600_000L;
    private static final long MINUTE = 60_000;

    private final MessageLog log = new MessageLog("pas");

    @Test
    void knowsAMessageOnceItIsRemembered() {
        SeenMessages seen = log.with("pas/1", 7, NOON);
        assertThat(log.seen("pas/1", 7)).isFalse();

        log.remember(seen);

        assertThat(log.seen("pas/1", 7)).isTrue();
        assertThat(log.seen("pas/1", 8)).isFalse();
        assertThat(log.seen("pas/2", 7)).isFalse();
    }

    @Test
    void keepsTheLastSixteenHoweverOld() {
        for (int i = 1; i <= 20; i++) {
            log.remember(log.with("a", i, NOON + i * 120L * MINUTE));
        }

        assertThat(log.seen("a", 4)).isFalse();
        assertThat(log.seen("a", 5)).isTrue();
        assertThat(log.seen("a", 20)).isTrue();
    }

    @Test
    void keepsAllOfTheLastHour() {
        for (int i = 1; i <= 60; i++) {
            log.remember(log.with("a", i, NOON + i * MINUTE));
        }

        assertThat(log.seen("a", 1)).isTrue();
        log.remember(log.with("a", 61, NOON + 62 * MINUTE));
        assertThat(log.seen("a", 1)).isFalse();
        assertThat(log.seen("a", 2)).isTrue();
    }

    @Test
    void isBoundedForASenderThatRepeatsWithoutEnd() {
        for (int i = 0; i < 5_000; i++) {
            log.remember(log.with("a", i, NOON + i));
        }

        assertThat(log.with("a", -1, NOON + 5_000).messages()).hasSize(1_000);
    }

    @Test
    void namesTheStatesOfWhatItForgets() {
        log.remember(log.with("pas/1", 7, NOON));
        log.remember(log.with("pas/2", 7, NOON + 1));

        assertThat(log.forgetBefore(NOON + 1)).containsExactly("pas|messages|pas/1");
        assertThat(log.seen("pas/1", 7)).isFalse();
        assertThat(log.seen("pas/2", 7)).isTrue();
    }

    @Test
    void tellsControlIdAndContentApart() {
        KeyedHash key = new KeyedHash("0123456789abcdef0123456789abcdef".getBytes(UTF_8));
        long hash = MessageLog.hash(key, "MSG1", "MSH|a".getBytes(UTF_8));

        assertThat(MessageLog.hash(key, "MSG1", "MSH|a".getBytes(UTF_8))).isEqualTo(hash);
        assertThat(MessageLog.hash(key, "MSG1", "MSH|b".getBytes(UTF_8))).isNotEqualTo(hash);
        assertThat(MessageLog.hash(key, "MSG1M", "SH|a".getBytes(UTF_8))).isNotEqualTo(hash);
    }
}
