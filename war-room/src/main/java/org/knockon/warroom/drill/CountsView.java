package org.knockon.warroom.drill;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.warroom.board.BoardSnapshot;
import org.knockon.warroom.page.PageHeader;
import org.knockon.warroom.report.IncidentReport.Row;

/** One outage by category and by specialty, as it stands now; its members are those of {@link OutageSums}. */
public record CountsView(
        PageHeader head,
        String outageId,
        String system,
        Instant readAt,
        boolean cut,
        List<Row> byCategory,
        List<Row> bySpecialty) {
    public CountsView {
        byCategory = List.copyOf(byCategory);
        bySpecialty = List.copyOf(bySpecialty);
    }

    /** Empty where the topics hold no such outage; then nothing is summed. */
    public static Optional<CountsView> of(String outageId, BoardSnapshot standing, PageHeader head, Supplier<OutageSums> summed) {
        return OutageViewBuilder.find(outageId, standing).map(published -> {
            String systemId = published.outage().systemId();
            MonitoredSystem system = standing.systems().get(systemId);
            OutageSums sums = summed.get();
            return new CountsView(
                    head,
                    outageId,
                    system == null ? systemId : system.name(),
                    sums.readAt(),
                    sums.cut(),
                    sums.byCategory(),
                    sums.bySpecialty());
        });
    }
}
