package org.knockon.cli.settings;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.ConfigDef;

/** Decides which settings must never be shown, and masks them. */
final class Secrets {

    private static final String MASK = "******";
    private static final Pattern SECRET_NAME = Pattern.compile(
            ".*(password|passphrase|secret|token$|jaas|user\\.info|credential(?!s\\.source)|private\\.?key|keystore\\.key).*");
    private static final Pattern IN_URL = Pattern.compile("//[^/@\\s,]*@");

    private Secrets() {}

    /** @param written value with unresolved references; these may be shown, since they only point to a secret */
    static String mask(String name, String written) {
        return secret(name) ? onlyReferences(written) : IN_URL.matcher(written).replaceAll("//" + MASK + "@");
    }

    private static String onlyReferences(String written) {
        StringBuilder shown = new StringBuilder();
        Matcher reference = SecretReferences.REFERENCE.matcher(written);
        int from = 0;
        while (reference.find()) {
            shown.append(reference.start() > from ? MASK : "").append(reference.group());
            from = reference.end();
        }
        return shown.append(from < written.length() ? MASK : "").toString();
    }

    /** True for settings that Kafka declares as passwords, with any prefix, and for all with a name that suggests a secret. */
    private static boolean secret(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        boolean declared = AdminClientConfig.configDef().configKeys().values().stream()
                .anyMatch(key -> key.type == ConfigDef.Type.PASSWORD && lower.endsWith(key.name));
        return declared || SECRET_NAME.matcher(lower).matches();
    }
}
