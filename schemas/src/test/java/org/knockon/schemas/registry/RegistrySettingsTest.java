package org.knockon.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistrySettingsTest {

    @Test
    void hasConfluentsDefaults() {
        RegistrySettings settings = RegistrySettings.from(Map.of("schema.registry.url", "http://a:8081/"));

        assertThat(settings.urls()).containsExactly(URI.create("http://a:8081"));
        assertThat(settings.authorization()).isEmpty();
        assertThat(settings.retries()).isEqualTo(3);
        assertThat(settings.firstWait()).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.maxWait()).isEqualTo(Duration.ofSeconds(20));
        assertThat(settings.connectTimeout()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.readTimeout()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.tls()).isEmpty();
    }

    @Test
    void acceptsSecretsInKafkasPasswordType() {
        RegistrySettings settings = RegistrySettings.from(
                Map.of("schema.registry.url", "http://a", "bearer.auth.token", new Password("t")));

        assertThat(settings.authorization()).contains("Bearer t");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    schema.registry.url            |                   | schema.registry.url is missing
                    schema.registry.url            | ftp://a           | must contain http or https URLs, but one has scheme ftp and host a
                    schema.registry.url            | http://u:secret @a | contains something that is not a URL
                    schema.registry.url            | http://u:secret@a,http://b | all URLs of schema.registry.url must have the same user
                    max.retries                    | -1                | max.retries must be a whole number of at least 0, but it is -1
                    retries.wait.ms                | soon              | retries.wait.ms must be a whole number of at least 0, but it is soon
                    basic.auth.credentials.source  | SASL_INHERIT      | basic.auth.credentials.source must be USER_INFO or URL, but it is SASL_INHERIT
                    basic.auth.credentials.source  | USER_INFO         | basic.auth.credentials.source is USER_INFO, but basic.auth.user.info is missing
                    bearer.auth.credentials.source | OAUTHBEARER       | bearer.auth.credentials.source must be STATIC_TOKEN, but it is OAUTHBEARER
                    bearer.auth.credentials.source | STATIC_TOKEN      | bearer.auth.credentials.source is STATIC_TOKEN, but bearer.auth.token is missing
                    schema.registry.ssl.truststore.location | /nowhere  | schema.registry.ssl.*: Failed to load SSL keystore /nowhere
                    """)
    void namesTheInvalidSettingWithoutItsSecrets(String key, String value, String message) {
        Map<String, Object> config = new HashMap<>(Map.of("schema.registry.url", "http://a"));
        config.put(key, value);

        assertThatThrownBy(() -> RegistrySettings.from(config))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("secret");
    }

    @Test
    void reportsAllProblemsAtOnce() {
        assertThatThrownBy(() -> RegistrySettings.from(
                        Map.of("max.retries", "x", "basic.auth.user.info", "u:hidden", "bearer.auth.token", "hidden")))
                .hasMessageContaining("schema.registry.url is missing")
                .hasMessageContaining("max.retries must be")
                .hasMessageContaining("only one of basic.auth.user.info and bearer.auth.token")
                .hasMessageNotContaining("hidden");
    }
}
