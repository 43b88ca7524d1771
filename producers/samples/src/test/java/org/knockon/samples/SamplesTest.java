package org.knockon.samples;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SamplesTest {

    private static final List<Sample> ALL = Samples.all(Path.of("..", "..").resolve(Samples.FOLDER));

    @Test
    void readsTheMessagesOfAllKinds() {
        assertThat(ALL.stream().filter(Sample::hl7)).hasSizeGreaterThan(150);
        assertThat(ALL)
                .extracting(Sample::feed)
                .contains("pas", "ers", "ids", "bars", "am", "grafana", "kuma", "icinga");
        assertThat(ALL.stream().filter(sample -> sample.feed().equals("ce"))).hasSizeGreaterThan(30);
    }

    @Test
    void plantsSecretsInEveryMessageThatHasPlaceForThem() {
        List<String> without = ALL.stream()
                .map(PlantedSecrets::planted)
                .filter(sample -> sample.body().length > 0)
                .filter(sample ->
                        PlantedSecrets.in(new String(sample.body(), ISO_8859_1)).isEmpty())
                .map(Sample::name)
                .toList();

        // No message at all, or one that begins in a way of its own.
        assertThat(without).hasSizeLessThan(12);
    }

    @Test
    void aSurnameNamesItsMessage() {
        byte[] numbered = PlantedSecrets.numbered("NTE|1||Quibblethorpe".getBytes(ISO_8859_1), 7);

        assertThat(PlantedSecrets.in(new String(numbered, ISO_8859_1))).contains("quibblethorpe");
        assertThat(PlantedSecrets.numberIn("log: QUIBBLETHORPE7Z")).contains(7L);
        assertThat(PlantedSecrets.numberIn("log: Quibblethorpe")).isEmpty();
    }

    @Test
    void theSameSeedMakesTheSameMessage() {
        for (Sample sample : ALL) {
            assertThat(new JsonMutations(3).of(sample.body())).isEqualTo(new JsonMutations(3).of(sample.body()));
            assertThat(new Hl7Mutations(new SplittableRandom(3)).bytes(sample.body()))
                    .isEqualTo(new Hl7Mutations(new SplittableRandom(3)).bytes(sample.body()));
        }
    }
}
