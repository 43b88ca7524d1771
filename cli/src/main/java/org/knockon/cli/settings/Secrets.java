package org.knockon.cli.settings;

import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.ConfigDef;

/** Which settings must never be shown. */
final class Secrets {

    private static final String MASK = "******";
    private static final Pattern TELLING = Pattern.compile(
            ".*(password|passphrase|secret|token$|jaas|user\\.info|credential(?!s\\.source)|private\\.?key|keystore\\.key).*");
    private static final Pattern IN_URL = Pattern.compile("//[^/@\\s,]*@");

    private Secrets() {}

    static String mask(String name, String value) {
        if (secret(name)) {
            return value.isEmpty() ? "" : MASK;
        }
        return IN_URL.matcher(value).replaceAll("//" + MASK + "@");
    }

    /** Settings that Kafka itself declares as passwords, whatever prefix they carry, and all that are called like one. */
    private static boolean secret(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        boolean declared = AdminClientConfig.configDef().configKeys().values().stream()
                .anyMatch(key -> key.type == ConfigDef.Type.PASSWORD && lower.endsWith(key.name));
        return declared || TELLING.matcher(lower).matches();
    }
}
