package org.knockon.producers.source;

import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.Observation;
import org.knockon.schemas.recording.RecordedSchemas;

/**
 * The events of a replay. Every call of {@link #stream} gives the same events in the same order, because a replay that
 * was interrupted continues after as many events as it has published.
 */
public interface ReplaySource {

    /** Identifies the events, in letters, digits, dashes and colons: other events have another version. */
    String version();

    /** Whether all times were moved, so that the events are published by the wall clock. */
    boolean shifted();

    /** First instant of the window, epoch milliseconds. Earlier observations are not among the events. */
    long from();

    /** First instant after the window, epoch milliseconds. */
    long to();

    /** Number of all events. */
    long size();

    /** Number of events at the beginning that are the catalogue; readers need them before all others. */
    long catalogueSize();

    /** Every event, in the order in which they are published. Close the stream. */
    Stream<ReplayEvent> stream();

    /** The systems as the pipeline knows them at the end. */
    Collection<MonitoredSystem> systems();

    /** The care services as the pipeline knows them at the end. */
    Collection<CareService> services();

    /** Every observation that the pipeline accepts. */
    Stream<Observation> observations();

    /** Every appointment version that the pipeline accepts. */
    Stream<AppointmentVersion> versions();

    /** The schemas that the bytes of a recording name; empty if the values are not bytes. */
    default Optional<RecordedSchemas> schemas() {
        return Optional.empty();
    }
}
