package org.knockon.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sasl.jaas.config",
                "ssl.keystore.password",
                "ssl.keystore.key",
                "producer.ssl.key.password",
                "basic.auth.user.info",
                "bearer.auth.token",
                "schema.registry.ssl.truststore.password",
                "sasl.oauthbearer.client.credentials.client.secret"
            })
    void masks(String name) {
        assertThat(Secrets.mask(name, "hush")).isEqualTo("******");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bootstrap.servers",
                "security.protocol",
                "sasl.mechanism",
                "ssl.keystore.location",
                "basic.auth.credentials.source",
                "ssl.keystore.type",
                "sasl.oauthbearer.token.endpoint.url",
                "key.serializer"
            })
    void shows(String name) {
        assertThat(Secrets.mask(name, "plain")).isEqualTo("plain");
    }

    @Test
    void masksTextNextToAReference() {
        assertThat(Secrets.mask("basic.auth.user.info", "me:hush${env:REST}!")).isEqualTo("******${env:REST}******");
        assertThat(Secrets.mask("bearer.auth.token", "${env:TOKEN}")).isEqualTo("${env:TOKEN}");
    }

    @Test
    void masksUserAndPasswordInAUrl() {
        assertThat(Secrets.mask("schema.registry.url", "https://me:hush@one:8081,http://two"))
                .isEqualTo("https://******@one:8081,http://two");
    }
}
