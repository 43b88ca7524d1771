package org.knockon.schemas.admin;

import java.util.List;

/**
 * What {@link TopicAdmin#create} found and did.
 *
 * @param created full names of the topics it created
 * @param existing full names of those that were there before
 * @param differences settings of existing topics that are not what the table says; they are left as they are
 */
public record TopicReport(List<String> created, List<String> existing, List<Difference> differences) {

    /** A setting of an existing topic, such as {@code partitions} or {@code cleanup.policy}. */
    public record Difference(String topic, String setting, String expected, String actual) {
        @Override
        public String toString() {
            return topic + ": " + setting + " is " + actual + ", the table says " + expected;
        }
    }

    public TopicReport {
        created = List.copyOf(created);
        existing = List.copyOf(existing);
        differences = List.copyOf(differences);
    }
}
