package org.knockon.cli.settings;

/**
 * A setting as it applies.
 *
 * @param ours whether it is one of Knock-on's own, rather than of Kafka's clients or the registry
 * @param value with references to secrets replaced by what they lead to
 * @param written as it was written, references included
 * @param origin where it was written: {@code --prefix}, {@code KAFKA_SASL_JAAS_CONFIG}, {@code client.properties}, {@code default}
 */
public record Setting(String name, boolean ours, String value, String written, String origin) {

    static final String BY_DEFAULT = "default";

    /** What may be shown: references as they were written, secrets as asterisks, also beside a reference. */
    public String shown() {
        return Secrets.mask(name, written);
    }

    /** Whether somebody set it. */
    public boolean given() {
        return !origin.equals(BY_DEFAULT);
    }
}
