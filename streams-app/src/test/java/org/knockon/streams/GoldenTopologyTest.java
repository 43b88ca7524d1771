package org.knockon.streams;

import org.knockon.schemas.serde.KnockonSerdes;
import org.knockon.streams.task.Activity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The topology as it is kept in {@code topology.txt}. */
class GoldenTopologyTest {

    private static final Path GOLDEN = Path.of("topology.txt");

    @Test
    void isTheOneThatIsKept() throws IOException {
        String found;
        try (KnockonSerdes serdes = new KnockonSerdes(Map.of("schema.registry.url", "mock://golden"))) {
            found = KnockonTopology.build(
                            PipelineDriver.SETTINGS, serdes, new Activity(), (topic, partition, wallClock) -> true)
                    .describe()
                    .toString();
        }
        Path proposed = Path.of("target", "topology.txt");
        Files.writeString(proposed, found);
        assertThat(found)
                .as(
                        "The topology has changed. A store or processor that is renamed loses its running state: its changelog"
                                + " topic goes by its name. If the change is meant, say in the changelog that the application has to be"
                                + " reset, and copy %s over %s",
                        proposed, GOLDEN)
                .isEqualTo(Files.readString(GOLDEN));
    }
}
