package org.knockon.warroom.drill;

import java.time.Instant;
import java.util.List;
import org.knockon.warroom.page.BreakdownRow;
import org.knockon.warroom.page.Figures;
import org.knockon.warroom.page.PageHeader;

/**
 * Everything the topics contain about one outage. Absent values are null.
 *
 * @param detectedAt when a monitor first reported it; null if no such report is kept, for example if monitors fell
 *     silent
 * @param endedAt null while it is open
 * @param evidence OBSERVED or SILENCE
 * @param causes the systems that caused it, each below the one that needs it, down to the root causes; empty for a root
 *     cause
 * @param follows the dependents, each below what it needs
 * @param statusHistory what monitors reported about the system, from an hour before the outage to an hour after it
 * @param figures appointments that it affected; null if {@link PageHeader#counted} is false
 * @param allBackAt for a root cause, when all dependents were back as well; null before, and for other outages
 * @param causedFigures for a root cause, appointments affected by it or its dependents, in this or another of its
 *     outages; null for other outages, and if {@link PageHeader#counted} is false
 * @param services care services that need the system
 * @param byCategory sums over {@code services}
 * @param bySpecialty sums over {@code services}, by treatment function code
 * @param method sentences: what the numbers mean, and what no topic contains
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
        List<StatusPeriod> statusHistory,
        Figures figures,
        Figures causedFigures,
        List<Service> services,
        List<BreakdownRow> byCategory,
        List<BreakdownRow> bySpecialty,
        List<String> method) {

    /**
     * A system in a tree.
     *
     * @param outageId of its own outage at that time; null if it had none and was unavailable only because of others
     * @param startedAt of that outage
     * @param endedAt of that outage; null while it is open, and if there is none
     */
    public record Node(
            String systemId,
            String system,
            String outageId,
            Instant startedAt,
            Instant endedAt,
            boolean rootCause,
            List<Node> next) {}

    /** A period in which one monitor reported one status. */
    public record StatusPeriod(String monitor, String status, Instant first, Instant last) {}

    /**
     * @param site ODS code
     * @param siteName null if no care service names the site
     * @param specialty treatment function code
     * @param figures of the service, affected by any outage; null for the past, because no history of services is kept
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
