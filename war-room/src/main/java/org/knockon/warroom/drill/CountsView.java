package org.knockon.warroom.drill;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.warroom.board.BoardSnapshot;
import org.knockon.warroom.page.BreakdownRow;
import org.knockon.warroom.page.PageHeader;

/** The current counts of one outage by category and by specialty; the members are those of {@link OutageSums}. */
public record CountsView(
        PageHeader head,
        String outageId,
        String system,
        Instant readAt,
        boolean cut,
        List<BreakdownRow> byCategory,
        List<BreakdownRow> bySpecialty) {
    public CountsView {
        byCategory = List.copyOf(byCategory);
        bySpecialty = List.copyOf(bySpecialty);
    }

    /** Empty if the topics contain no such outage; then nothing is sumsOf. */
    public static Optional<CountsView> of(
            String outageId, BoardSnapshot snapshot, PageHeader head, Supplier<OutageSums> sumsOf) {
        return OutageViewBuilder.find(outageId, snapshot).map(published -> {
            String systemId = published.outage().systemId();
            MonitoredSystem system = snapshot.systems().get(systemId);
            OutageSums sums = sumsOf.get();
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
