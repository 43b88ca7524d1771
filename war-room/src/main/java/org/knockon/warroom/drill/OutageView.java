package org.knockon.warroom.drill;

import java.time.Instant;
import java.util.List;
import org.knockon.warroom.page.PageHeader;
import org.knockon.warroom.report.IncidentReport.Figures;
import org.knockon.warroom.report.IncidentReport.Row;

/**
 * All that the topics tell of one outage. Absent values are null.
 *
 * @param detectedAt when a monitor first saw it; null where nothing is kept of that, as where monitors fell silent
 * @param endedAt null while it lasts
 * @param evidence OBSERVED or SILENCE
 * @param causes what it follows from, each beneath the one that needs it, down to the root causes; none for a root cause
 * @param follows what cannot do without it, each beneath what it needs
 * @param heard what monitors said of the system, from an hour before the outage to an hour after it
 * @param figures appointments it had a part in; null where {@link PageHeader#counted} is false
 * @param allBackAt of a root cause, when all that follows from it was back as well; null before, and otherwise
 * @param causedFigures of a root cause, appointments hit by it or by what follows from it, at this or another time; null otherwise, and
 *     where {@link PageHeader#counted} is false
 * @param services care services that need the system
 * @param byCategory sums over {@code services}
 * @param bySpecialty sums over {@code services}, by treatment function code
 * @param method sentences: what the numbers are, and what no topic holds
 */
public record OutageView(
        PageHeader head,
        String outageId,
        String systemId,
        String system,
        boolean rootCause,
        boolean planned,
        String evidence,
        Instant startedAt,
        Instant detectedAt,
        Instant confirmedAt,
        Instant endedAt,
        Instant allBackAt,
        List<Node> causes,
        List<Node> follows,
        List<Heard> heard,
        Figures figures,
        Figures causedFigures,
        List<Service> services,
        List<Row> byCategory,
        List<Row> bySpecialty,
        List<String> method) {

    /**
     * A system in a tree.
     *
     * @param outageId of its own outage at that time; null where it had none, and was unavailable through others alone
     * @param startedAt of that outage
     * @param endedAt of that outage; null while it lasts, and where there is none
     */
    public record Node(
            String systemId,
            String system,
            String outageId,
            Instant startedAt,
            Instant endedAt,
            boolean rootCause,
            List<Node> next) {}

    /** A stretch in which one monitor said the same. */
    public record Heard(String monitor, String status, Instant first, Instant last) {}

    /**
     * @param site ODS code
     * @param siteName null where no care service tells it
     * @param specialty treatment function code
     * @param figures of the service, by whatever outage it was hit; null for the past, for no history of services is kept
     */
    public record Service(
            String serviceId,
            String name,
            String organisation,
            String site,
            String siteName,
            String specialty,
            String category,
            Figures figures) {}
}
