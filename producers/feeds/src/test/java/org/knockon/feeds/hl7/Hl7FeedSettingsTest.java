package org.knockon.feeds.hl7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.knockon.feeds.message.MappedMessage;
import org.knockon.feeds.message.RefusalReason;

class Hl7FeedSettingsTest {

    @Test
    void aFeedWithoutAStartIsRefused() {
        TestFeed feed = new TestFeed();
        feed.startFrom = List.of();

        assertThatThrownBy(feed::settings).hasMessage("startFrom names no field");
    }

    @Test
    void lengthsAreAtMostADay() {
        TestFeed feed = new TestFeed();
        feed.defaultMinutes = 1441;

        assertThatThrownBy(feed::settings).hasMessage("defaultMinutes is 1441: it must be from 1 to 1440");
    }

    @Test
    void aMessageThatIsTooLongIsRefusedByItsBeginning() {
        Hl7Message message = new TestFeed()
                .reader()
                .tooLarge("MSH|^~\\&|PAS|RJ1|||20260302||SIU^S12|C9|P|2.4\rSCH|1".getBytes(StandardCharsets.UTF_8));

        MappedMessage mapped = message.decided().orElseThrow();
        assertThat(mapped.refusal().orElseThrow().reason()).isEqualTo(RefusalReason.TOO_LARGE);
        assertThat(message.controlId()).isEqualTo("C9");
        assertThat(message.type()).isEqualTo("SIU^S12");
        assertThat(message.digest()).matches("[0-9a-f]{64}");
    }

    @Test
    void theDigestDoesNotDependOnLineEnds() {
        Hl7Reader reader = new TestFeed().reader();
        String message = "MSH|^~\\&|PAS|RJ1|||20260302||SIU^S12|C9|P|2.4\rSCH|1|2\r";

        assertThat(reader.read(message.getBytes(StandardCharsets.UTF_8)).digest())
                .isEqualTo(reader.read(message.replace("\r", "\r\n").getBytes(StandardCharsets.UTF_8))
                        .digest())
                .isNotEqualTo(reader.read(message.replace("C9", "C8").getBytes(StandardCharsets.UTF_8))
                        .digest());
    }
}
