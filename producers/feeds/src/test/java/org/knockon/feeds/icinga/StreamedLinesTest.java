package org.knockon.feeds.icinga;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class StreamedLinesTest {

    private static final int LONGEST = 20;

    private final List<Long> skipped = new ArrayList<>();
    private final StreamedLines lines = new StreamedLines(LONGEST, skipped::add);

    @Test
    void aLineIsGivenWhenItsEndHasCome() {
        assertThat(add("{\"a\"")).isEmpty();
        assertThat(add(":1}\n{\"b")).isEqualTo("{\"a\":1}\n");
        assertThat(add("\":2}\n\n{}\n")).isEqualTo("{\"b\":2}\n\n{}\n");
    }

    @Test
    void aLineThatIsTooLongIsSkippedAlone() {
        assertThat(add("0123456789012345678901234")).isEmpty();
        assertThat(add("56789")).isEmpty();
        assertThat(skipped).as("its end has not come").isEmpty();
        assertThat(add("x\nnext\nbeg")).isEqualTo("next\n");
        assertThat(skipped).containsExactly(31L);
        assertThat(add("in\n")).isEqualTo("begin\n");
    }

    @RepeatedTest(200)
    void whereverTheStreamIsCutTheLinesAreTheSame(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        StringBuilder sent = new StringBuilder();
        List<String> short_ = new ArrayList<>();
        int tooLong = 0;
        for (int i = 0; i < 30; i++) {
            // A line longer than is kept may pass if its end comes with its beginning: both outcomes are bounded.
            String line = random.nextInt(5) == 0
                    ? "L".repeat(200 + random.nextInt(50))
                    : "s".repeat(random.nextInt(LONGEST + 1));
            sent.append(line).append('\n');
            if (line.startsWith("L")) {
                tooLong++;
            } else {
                short_.add(line);
            }
        }
        StringBuilder received = new StringBuilder();
        byte[] bytes = sent.toString().getBytes(US_ASCII);
        for (int at = 0; at < bytes.length; ) {
            int length = Math.min(bytes.length - at, 1 + random.nextInt(40));
            received.append(new String(lines.add(Arrays.copyOfRange(bytes, at, at + length), length), US_ASCII));
            at += length;
        }

        assertThat(received.toString().lines().toList()).isEqualTo(short_);
        assertThat(skipped).hasSize(tooLong).allMatch(length -> length >= 200 && length < 250);
    }

    private String add(String text) {
        byte[] bytes = text.getBytes(US_ASCII);
        return new String(lines.add(bytes, bytes.length), US_ASCII);
    }
}
