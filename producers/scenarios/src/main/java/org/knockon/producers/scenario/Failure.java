package org.knockon.producers.scenario;

import java.util.List;
import org.knockon.impact.model.SystemStatus;

/**
 * One line of the failure script: a set of systems changes to a status.
 *
 * @param over the systems change one after another within this time from {@code at}; 0 means all at once
 * @param cascade their dependents, direct or not, change too within this time; 0 means they do not
 * @param until when they are UP again; 0 if a later line brings them back
 * @param note detail that the monitors add to the observation; null for none
 */
public record Failure(
        long at, SystemStatus status, List<String> systems, long over, long cascade, long until, String note) {
    public Failure {
        systems = List.copyOf(systems);
    }
}
