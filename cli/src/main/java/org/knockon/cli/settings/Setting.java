package org.knockon.cli.settings;

/**
 * A setting in effect.
 *
 * @param ours whether it is one of Knock-on's own, rather than of Kafka clients or the registry
 * @param value value with resolved references
 * @param written value as written, with unresolved references
 * @param origin where it was set: {@code --prefix}, {@code KAFKA_SASL_JAAS_CONFIG}, {@code client.properties}, {@code default}
 */
public record Setting(String name, boolean ours, String value, String written, String origin) {

    static final String BY_DEFAULT = "default";

    /** The value for display: references as written, secrets as asterisks, also next to a reference. */
    public String shown() {
        return Secrets.mask(name, written);
    }

    /** Whether the user set it. */
    public boolean isExplicit() {
        return !origin.equals(BY_DEFAULT);
    }
}
