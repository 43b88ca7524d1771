package org.knockon.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.knockon.schemas.serde.KnockonSerdes;
import org.knockon.streams.task.Activity;

/** Compares the topology with the committed {@code topology.txt}. */
class GoldenTopologyTest {

    private static final Path GOLDEN = Path.of("topology.txt");

    @Test
    void equalsTheCommittedOne() throws IOException {
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
                        "The topology has changed. A renamed store loses its state, because the name of its changelog"
                                + " topic contains its name. Either undo the change; or, if it is intended, copy %s over"
                                + " %s and state in the changelog that users have to reset the application",
                        proposed, GOLDEN)
                .isEqualTo(Files.readString(GOLDEN));
    }
}
