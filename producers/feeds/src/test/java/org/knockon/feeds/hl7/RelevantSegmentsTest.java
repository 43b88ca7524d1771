package org.knockon.feeds.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.knockon.feeds.message.Refusal;
import org.knockon.feeds.message.RefusalReason;

@Timeout(30)
class RelevantSegmentsTest {
    private static final String MSH = "MSH|^~\\&|PAS|RJ1|||20260302||ADT^A01|7|T|2.8.2";
    private static final String OURS = "MSH|^~\\&|||||||SIU^S12^SIU_S12|1|P|2.5.1\r";

    private final RelevantSegments relevant = new RelevantSegments(Hl7Defaults.START_FROM);

    @Test
    void leavesOutWhatIsNotRead() {
        assertThat(text("SCH|1|2", "PID|1||55^^^NHS||Quibblethorpe^Araminta", "DG1|1||Gout", "OBX|1|ST|x||y"))
                .isEqualTo(OURS + "SCH|1|2\rPID|1||55^^^NHS\r");
    }

    @Test
    void putsSegmentsInTheStandardOrder() {
        assertThat(text("AIP|1", "AIL|1", "ZZZ|1", "AIS|1", "PV1|1", "SCH|1", "TQ1|1", "AIL|2"))
                .isEqualTo(OURS + "SCH|1\rTQ1|1\rPV1|1\rRGS|1\rAIS|1\rAIL|1\rAIL|2\rAIP|1\r");
    }

    @Test
    void keepsTheNotesOfTheAppointmentAlone() {
        assertThat(text(
                        "NTE|0||no",
                        "SCH|1",
                        "TQ1|1",
                        "NTE|1||yes",
                        "NTE|2||yes",
                        "PID|1",
                        "NTE|3||no",
                        "AIS|1",
                        "NTE|4||no"))
                .isEqualTo(OURS + "SCH|1\rTQ1|1\rNTE|1||yes\rNTE|2||yes\rPID|1\rRGS|1\rAIS|1\r");
    }

    @Test
    void keepsTheBeginningOfALongNote() {
        assertThat(text("SCH|1", "NTE|1||" + "x".repeat(100_000)))
                .hasSizeLessThan(1_200)
                .contains("NTE|1||xxx");
    }

    @Test
    void keepsFieldsThatSettingsName() {
        RelevantSegments more = new RelevantSegments(List.of(FieldRef.parse("ZSL-2"), FieldRef.parse("PV1-44")));

        assertThat(more.of(MSH + "\rZSL|a|b|c\rSCH|1", Separators.STANDARD).text())
                .isEqualTo(OURS + "SCH|1\rZSL|a|b\r");
    }

    @Test
    void segmentsWithoutFieldsAndBlanksDoNoHarm() {
        assertThat(text("SCH", " AIL|1", "", "PV1")).isEqualTo(OURS + "SCH\rPV1\rRGS|1\rAIL|1\r");
    }

    @Test
    void refusesWhatIsTooMuch() {
        assertThat(refusal("SCH|1|" + "x".repeat(70_000))).isEqualTo(new Refusal(RefusalReason.TOO_LARGE, "SCH"));
        assertThat(refusal("SCH|1", "PID|1||" + "~".repeat(1_001)))
                .isEqualTo(new Refusal(RefusalReason.TOO_LARGE, "PID"));
        assertThat(refusal(("SCH|1\r" + "AIL|1||CARD1\r".repeat(10_000)).split("\r")))
                .isEqualTo(new Refusal(RefusalReason.TOO_LARGE, "AIL"));
    }

    @Test
    void aMillionSegmentsTakeNoTime() {
        String noise = "A\r".repeat(500_000);

        assertThat(text("SCH|1", noise)).isEqualTo(OURS + "SCH|1\r");
        assertThat(refusal("SCH|1", "AIL\r".repeat(501))).isEqualTo(new Refusal(RefusalReason.TOO_LARGE, "AIL"));
    }

    @Test
    void refusesWhatWouldBeLost() {
        assertThat(refusal("SCH|1", "MSH|^~\\&|", "SCH|2")).isEqualTo(new Refusal(RefusalReason.UNREADABLE, "MSH"));
        assertThat(refusal("SCH|1", "SCH|2")).isEqualTo(new Refusal(RefusalReason.UNREADABLE, "SCH"));
        assertThat(refusal("PID|1")).isEqualTo(new Refusal(RefusalReason.UNREADABLE, "SCH"));
        assertThat(refusal()).isEqualTo(new Refusal(RefusalReason.UNREADABLE, "SCH"));
    }

    private String text(String... segments) {
        RelevantSegments.Selection selection =
                relevant.of(MSH + "\r" + String.join("\r", segments), Separators.STANDARD);
        assertThat(selection.refusal()).isEmpty();
        return selection.text();
    }

    private Refusal refusal(String... segments) {
        return relevant.of(MSH + "\r" + String.join("\r", segments), Separators.STANDARD)
                .refusal()
                .orElseThrow();
    }
}
