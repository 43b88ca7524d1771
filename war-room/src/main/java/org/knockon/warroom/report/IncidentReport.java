package org.knockon.warroom.report;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.warroom.board.BoardSnapshot;
import org.knockon.warroom.board.OffsetRange;

/**
 * What an account of an incident must hold, in the order in which it is read. It is a function of the records that were read and of
 * nothing else, so that anybody can make it again; there is no appointment and no patient in it. Absent values are null.
 *
 * @param title begins with EXERCISE where it is one
 * @param exercise name of the replay; null where the events were live
 * @param standsAt event time
 * @param fromHistory whether counts are those of the five-minute history
 * @param zone of local times and days
 */
public record IncidentReport(
        String title,
        String exercise,
        Instant standsAt,
        boolean fromHistory,
        ZoneId zone,
        Summary summary,
        List<Event> timeline,
        List<Cause> causes,
        List<Row> byCategory,
        List<Row> bySpecialty,
        List<Row> byDay,
        Recovery recovery,
        Quality quality,
        List<String> method,
        Provenance provenance) {

    /** Makes it; whatever no topic holds is left out, and {@link #method} says so. */
    public static IncidentReport of(BoardSnapshot standing, Origin origin) {
        return new ReportBuilder(standing, origin).make();
    }

    /**
     * @param exercise name of the replay; null where the events were live
     * @param prefix of the topics that were read
     * @param build of the program that made the report
     */
    public record Origin(String exercise, String prefix, String build) {}

    /**
     * Numbers of appointments. Known and presumed are never added.
     *
     * @param postponed recorded as postponed: the sum of awaitingDate, rebooked, recovered and abandoned
     * @param unconfirmed the time passed during an outage, and nobody has said yet
     * @param onPaper delivered under downtime procedures
     * @param delayMinutes summed over rebooked and recovered
     */
    public record Figures(
            long postponed,
            long unconfirmed,
            long onPaper,
            long atRisk,
            long awaitingDate,
            long rebooked,
            long recovered,
            long abandoned,
            long delayMinutes) {

        public static Figures of(ImpactCounts counts) {
            return new Figures(
                    counts.postponed(),
                    counts.unconfirmed(),
                    counts.deliveredInDowntime(),
                    counts.atRisk(),
                    counts.awaitingDate(),
                    counts.rebooked(),
                    counts.recovered(),
                    counts.abandoned(),
                    counts.delayMinutes());
        }
    }

    /**
     * @param words sentences
     * @param from beginning of the first outage; null when there was none
     * @param to end of the last; null while one lasts
     * @param plannedRootCauses of them, those of announced maintenance
     * @param systems that an outage made unavailable, themselves or through what they depend on
     * @param services care services that need one of them
     */
    public record Summary(
            List<String> words,
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
     * @param siteName null where no care service tells it
     */
    public record Site(String site, String siteName) {}

    /** What happened at a moment of the timeline. */
    public enum Happening {
        BEGAN,
        CONFIRMED,
        ENDED
    }

    /** @param rootCause whether it began by itself, or follows from another */
    public record Event(
            Instant at,
            Happening what,
            String outageId,
            String system,
            boolean rootCause,
            boolean planned,
            String evidence) {}

    /**
     * A root cause and what followed from it.
     *
     * @param endedAt when the system itself was back; null before
     * @param allBackAt when all that follows from it was back as well; null before
     * @param evidence OBSERVED: monitors saw it; SILENCE: they fell silent
     * @param follows names of all systems that cannot do without it
     * @param services care services that need it
     * @param figures appointments that have the system as root cause, at whatever time: the same in each cause of a system; one may have several
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
     * One line of a breakdown.
     *
     * @param value as in the cell's key: a category, a treatment function code, or day/category
     */
    public record Row(String value, Figures figures) {}

    /**
     * @param outlook words
     * @param earliest null where no range can be given
     * @param latest null where no range can be given, or it has no end
     * @param averageDelayMinutes of what was rebooked or recovered; null when nothing was
     */
    public record Recovery(String outlook, Instant earliest, Instant latest, Long averageDelayMinutes) {}

    /**
     * @param problems sentences; none when all is well
     * @param countedUntil latest event time at which a count changed; null before the first
     * @param observedUntil latest event time of an observation; null before the first
     * @param unreadable records that could not be decoded
     */
    public record Quality(List<String> problems, Instant countedUntil, Instant observedUntil, long unreadable) {}

    public record Provenance(String build, String prefix, List<OffsetRange> read) {}
}
