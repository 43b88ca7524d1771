package org.knockon.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.knockon.streams.app.StreamsAppSettings;

class EnvironmentNamesTest {

    @ParameterizedTest
    @CsvSource({
        "KAFKA_BOOTSTRAP_SERVERS, bootstrap.servers",
        "KAFKA_SASL_JAAS_CONFIG, sasl.jaas.config",
        "KAFKA_A__B, a_b",
        "KAFKA_A___B, a-b",
        "KAFKA_A____B, a-.b",
        "KAFKA_KAFKA_ID, kafka.id",
        "KAFKA_SCHEMA_REGISTRY_URL, schema.registry.url"
    })
    void mapsUnderscoresToDotsUnderscoresAndDashes(String variable, String setting) {
        assertThat(EnvironmentNames.client(variable)).contains(setting);
    }

    @Test
    void ignoresVariablesOfKafkaScripts() {
        assertThat(EnvironmentNames.client("KAFKA_HEAP_OPTS")).isEmpty();
        assertThat(EnvironmentNames.client("KAFKA_LOG4J_OPTS")).isEmpty();
    }

    @Test
    void ignoresOtherVariables() {
        assertThat(EnvironmentNames.client("PATH")).isEmpty();
        assertThat(EnvironmentNames.client("MY_KAFKA_BOOTSTRAP_SERVERS")).isEmpty();
        assertThat(EnvironmentNames.ours("KAFKA_PREFIX")).isEmpty();
        assertThat(EnvironmentNames.ours("KNOCKON_LOG")).isEmpty();
    }

    @Test
    void hasAVariableForEveryKnockonSetting() {
        assertThat(StreamsAppSettings.TABLE.keySet())
                .allSatisfy(setting -> assertThat(EnvironmentNames.ours(EnvironmentNames.variable("KNOCKON_", setting)))
                        .contains(setting));
    }
}
