package org.knockon.systemtests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShellLineTest {

    @Test
    void findsEveryCallOfKnockon() {
        assertThat(ShellLine.calls(
                        "echo 'a | b' | ./knockon produce --file - && A_B=1 knockon watch > x.txt  # knockon doctor"))
                .containsExactly(List.of("produce", "--file", "-"), List.of("watch"));
        assertThat(ShellLine.calls("mvn -pl knockon; export KNOCKON=knockon")).isEmpty();
    }

    @Test
    void removesQuotes() {
        assertThat(ShellLine.calls("knockon replay --run='my run' \"two words\""))
                .containsExactly(List.of("replay", "--run=my run", "two words"));
    }
}
