package org.knockon.warroom.report;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.knockon.warroom.board.BoardSnapshot;
import org.knockon.warroom.board.OffsetRange;
import org.knockon.warroom.page.BreakdownRow;
import org.knockon.warroom.page.Figures;

/**
 * The report of an incident, in reading order. It depends only on the records read, so that anyone can reproduce it,
 * and identifies no appointment and no patient. Absent values are null.
 *
 * @param title begins with EXERCISE if it is one
 * @param exercise name of the replay; null if events were live
 * @param asOf event time
 * @param fromHistory whether the counts come from the five-minute history
 * @param zone of local times and days
 */
public record IncidentReport(
        String title,
        String exercise,
        Instant asOf,
        boolean fromHistory,
        ZoneId zone,
        Summary summary,
        List<Event> timeline,
        List<Cause> causes,
        List<BreakdownRow> byCategory,
        List<BreakdownRow> bySpecialty,
        List<BreakdownRow> byDay,
        Recovery recovery,
        Quality quality,
        List<String> method,
        Provenance provenance) {

    /** Builds the report. What no topic contains is left out, and {@link #method} says so. */
    public static IncidentReport of(BoardSnapshot snapshot, Origin origin) {
        return new ReportBuilder(snapshot, origin).build();
    }

    /**
     * @param exercise name of the replay; null if events were live
     * @param prefix of the topics read
     * @param build of the program that made the report
     */
    public record Origin(String exercise, String prefix, String build) {}

    /**
     * @param sentences the summary in words
     * @param from start of the first outage; null if there was none
     * @param to end of the last outage; null while one is open
     * @param plannedRootCauses number of root causes that are announced maintenance
     * @param systems number of systems that were unavailable, themselves or through their dependencies
     * @param services number of care services that need one of them
     */
    public record Summary(
            List<String> sentences,
            Figures figures,
            Instant from,
            Instant to,
            int rootCauses,
            int plannedRootCauses,
            int systems,
            int services,
            List<String> organisations,
            List<Site> sites) {}

    /**
     * @param site ODS code
     * @param siteName null if no care service names the site
     */
    public record Site(String site, String siteName) {}

    /** What happened at one time of the timeline. */
    public enum Happening {
        BEGAN,
        CONFIRMED,
        ENDED
    }

    /** @param rootCause whether the outage is a root cause; otherwise another outage caused it */
    public record Event(
            Instant at,
            Happening what,
            String outageId,
            String system,
            boolean rootCause,
            boolean planned,
            String evidence) {}

    /**
     * A root cause and its dependents.
     *
     * @param endedAt when the system itself was back; null before
     * @param allBackAt when all dependents were back as well; null before
     * @param evidence OBSERVED: monitors reported it; SILENCE: they fell silent
     * @param follows names of all systems that depend on it
     * @param services number of care services that need it
     * @param figures appointments that have the system as root cause, in all its outages: the same in each cause of one
     *     system. An appointment may have several root causes
     */
    public record Cause(
            String outageId,
            String systemId,
            String system,
            Instant startedAt,
            Instant endedAt,
            Instant allBackAt,
            boolean planned,
            String evidence,
            List<String> follows,
            int services,
            Figures figures) {}

    /**
     * @param outlook in words
     * @param earliest null if no range can be given
     * @param latest null if no range can be given or it is open
     * @param averageDelayMinutes of appointments with a new date or seen since; null if there are none
     */
    public record Recovery(String outlook, Instant earliest, Instant latest, Long averageDelayMinutes) {}

    /**
     * @param problems sentences; empty if there are no problems
     * @param countedUntil latest event time at which a count changed; null before the first
     * @param observedUntil latest event time of an observation; null before the first
     * @param unreadable number of records that could not be decoded
     */
    public record Quality(List<String> problems, Instant countedUntil, Instant observedUntil, long unreadable) {}

    public record Provenance(String build, String prefix, List<OffsetRange> read) {}
}
