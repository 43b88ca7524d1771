package org.knockon.feeds.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.knockon.feeds.pseudonym.KeyedHash;

class UnmappedServiceTest {

    private static final KeyedHash HASH =
            new KeyedHash("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));

    @Test
    void theOrderOfAttributesDoesNotMatter() {
        Map<String, List<String>> reversed = new LinkedHashMap<>();
        reversed.put("service", List.of("B"));
        reversed.put("location", List.of("A", "C"));
        assertThat(UnmappedService.id("pas", Map.of("location", List.of("C", "A"), "service", List.of("B")), HASH))
                .isEqualTo(UnmappedService.id("pas", reversed, HASH))
                .matches("unmapped\\.pas\\.[0-9a-f]{16}");
    }

    @Test
    void otherAttributesHaveAnotherId() {
        assertThat(UnmappedService.id("pas", Map.of("location", List.of("A", "B")), HASH))
                .isNotEqualTo(UnmappedService.id("pas", Map.of("location", List.of("AB")), HASH))
                .isNotEqualTo(UnmappedService.id("pas", Map.of("service", List.of("A", "B")), HASH));
    }

    @Test
    void anEmptyNamespaceLeavesNoGap() {
        assertThat(UnmappedService.id("", Map.of("location", List.of("A")), HASH))
                .matches("unmapped\\.[0-9a-f]{16}");
    }

    @Test
    void onlyCodesMayBeShown() {
        assertThat(UnmappedService.mayBeShown("LOC9^^^ANNEX")).isTrue();
        assertThat(UnmappedService.mayBeShown("1 Quibblethorpe Lane")).isFalse();
        assertThat(UnmappedService.mayBeShown("")).isFalse();
        assertThat(UnmappedService.mayBeShown("A".repeat(41))).isFalse();
    }
}
