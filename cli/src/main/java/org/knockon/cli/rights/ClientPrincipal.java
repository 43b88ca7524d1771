package org.knockon.cli.rights;

import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;

/** The name under which the broker knows this client, if the settings contain it. */
public final class ClientPrincipal {

    /** To be replaced by the reader: a certificate or a token may carry another name on the broker. */
    public static final String PLACEHOLDER = "User:PRINCIPAL";

    private static final String USER_NAME = "username";

    private ClientPrincipal() {}

    /** @param jaasConfig the setting {@code sasl.jaas.config}, if it is set */
    public static String of(Optional<String> jaasConfig) {
        return jaasConfig
                .flatMap(ClientPrincipal::user)
                .map(user -> "User:" + user)
                .orElse(PLACEHOLDER);
    }

    private static Optional<String> user(String jaasConfig) {
        try {
            return JaasContext.loadClientContext(Map.of(SaslConfigs.SASL_JAAS_CONFIG, new Password(jaasConfig)))
                    .configurationEntries()
                    .stream()
                    .map(entry -> entry.getOptions().get(USER_NAME))
                    .filter(String.class::isInstance)
                    .map(String.class::cast)
                    .findFirst();
        } catch (IllegalArgumentException e) {
            // The client itself reports what is wrong with it.
            return Optional.empty();
        }
    }
}
