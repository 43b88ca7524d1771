package org.knockon.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceGroupTest {

    @ParameterizedTest
    @CsvSource({"1,1", "1,60", "5,60", "60,60", "100,60", "1000,60"})
    void everyServiceNeedsASystemAndEverySystemServesOne(int systems, int services) {
        ServiceGroup group = new ServiceGroup("g", systems, services);
        Set<String> needed = new HashSet<>();

        for (int service = 0; service < services; service++) {
            assertThat(group.requiredBy(service)).isNotEmpty().doesNotHaveDuplicates();
            needed.addAll(group.requiredBy(service));
        }

        assertThat(needed).containsExactlyInAnyOrderElementsOf(group.systemIds());
    }
}
