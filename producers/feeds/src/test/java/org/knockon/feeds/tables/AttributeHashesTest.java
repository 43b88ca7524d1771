package org.knockon.feeds.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.knockon.feeds.pseudonym.KeyedHash;

class AttributeHashesTest {
    private static final AttributeHashes HASHES =
            new AttributeHashes(new KeyedHash("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII)));
    private static final Map<String, List<String>> ATTRIBUTES =
            Map.of("location", List.of("LOC9^^^ANNEX", "HOME"), "facility", List.of("RJ1"));

    @Test
    void sameAttributesHaveTheSameId() {
        assertThat(HASHES.unmappedId("pas", ATTRIBUTES))
                .matches("unmapped\\.pas\\.[0-9a-f]{16}")
                .isEqualTo(HASHES.unmappedId("pas", Map.copyOf(ATTRIBUTES)))
                .isNotEqualTo(HASHES.unmappedId("pas", Map.of("location", List.of("LOC9^^^ANNEX"))));
        assertThat(HASHES.unmappedId("", ATTRIBUTES)).matches("unmapped\\.[0-9a-f]{16}");
    }

    @Test
    void valuesDoNotRunTogether() {
        assertThat(HASHES.unmappedId("pas", Map.of("location", List.of("AB", "C"))))
                .isNotEqualTo(HASHES.unmappedId("pas", Map.of("location", List.of("A", "BC"))));
    }

    @Test
    void anExactRuleStillFitsTheHashes() {
        Map<String, List<String>> hashed = HASHES.of(ATTRIBUTES);

        assertThat(hashed.toString()).doesNotContain("LOC9", "HOME", "RJ1");
        assertThat(HASHES.id(List.of(rule("annex", Map.of("location", "LOC9^^^ANNEX"))), hashed))
                .contains("annex");
        assertThat(HASHES.id(List.of(rule("annex", Map.of("location", "HOME", "facility", "RJ1"))), hashed))
                .contains("annex");
        assertThat(HASHES.id(List.of(rule("annex", Map.of("location", "RJ1"))), hashed))
                .isEmpty();
    }

    @Test
    void aRuleWithAPrefixIsPassedOver() {
        assertThat(HASHES.id(
                        List.of(rule("all", Map.of("location", "LOC9*")), rule("home", Map.of("location", "HOME"))),
                        HASHES.of(ATTRIBUTES)))
                .contains("home");
    }

    private static IdRule rule(String id, Map<String, String> match) {
        return new IdRule(
                match.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, entry -> TextPattern.parse(entry.getValue()))),
                id);
    }

    @Test
    void keepsHashedAttributesAsTexts() {
        Map<String, List<String>> hashed =
                HASHES.of(Map.of("location", List.of("LOC9"), "resource", List.of("DR1", "DR2")));

        Set<String> written = AttributeHashes.written(hashed);

        assertThat(written).hasSize(3).allMatch(text -> text.matches("(location|resource)=[0-9a-f]{16}"));
        assertThat(AttributeHashes.read(written).get("location")).isEqualTo(hashed.get("location"));
        assertThat(AttributeHashes.read(written).get("resource"))
                .containsExactlyInAnyOrderElementsOf(hashed.get("resource"));
        assertThat(AttributeHashes.read(Set.of("damaged"))).isEmpty();
    }
}
