package org.knockon.containertests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The pipeline on Kafka's own image, as anybody with Testcontainers would start it. */
@InContainers(images = {Image.KAFKA, Image.REGISTRY})
@ExtendWith(Servers.Shared.class)
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class PipelineIT {

    @Test
    void countsAsTheOracleDoes(Servers servers) {
        JsonNode summary = servers.knockon()
                .json("replay", "pas-outage-demo", "--verify", "--headless", "--output", "json", "--run", "pipeline")
                .get(0);

        assertThat(summary.get("verification").get("verified").booleanValue()).isTrue();
        assertThat(summary.get("verification").get("impacts").intValue()).isGreaterThan(100);
        assertThat(summary.get("counts").get("postponed").longValue()).isPositive();
        assertThat(summary.get("deadLetters").intValue()).isZero();
    }
}
