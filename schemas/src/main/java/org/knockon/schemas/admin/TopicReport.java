package org.knockon.schemas.admin;

import java.util.List;

/**
 * Result of {@link TopicAdmin#create}.
 *
 * @param created full names of the topics that were created
 * @param existing full names of the topics that existed before
 * @param differences settings of existing topics that differ from the table; they were not changed
 */
public record TopicReport(List<String> created, List<String> existing, List<Difference> differences) {

    /** A setting of an existing topic, such as {@code partitions} or {@code cleanup.policy}. */
    public record Difference(String topic, String setting, String expected, String actual) {
        @Override
        public String toString() {
            return topic + ": " + setting + " is " + actual + ", expected " + expected;
        }
    }

    public TopicReport {
        created = List.copyOf(created);
        existing = List.copyOf(existing);
        differences = List.copyOf(differences);
    }
}
