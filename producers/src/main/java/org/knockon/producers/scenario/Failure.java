package org.knockon.producers.scenario;

import java.util.List;
import org.knockon.impact.model.SystemStatus;

/**
 * One line of the failure script: systems take a status.
 *
 * @param over the systems follow one another within this span after {@code at}; 0 means all at once
 * @param cascade what depends on them, transitively, takes the status too within this span; 0 means it does not
 * @param until when they are UP again; 0 when a later line says so
 * @param note what the monitors add to the observation; null when nothing
 */
public record Failure(
        long at, SystemStatus status, List<String> systems, long over, long cascade, long until, String note) {
    public Failure {
        systems = List.copyOf(systems);
    }
}
