package org.knockon.warroom.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.knockon.warroom.board.BoardFixtures.MINUTE;
import static org.knockon.warroom.board.BoardFixtures.outage;
import static org.knockon.warroom.board.BoardFixtures.postponed;
import static org.knockon.warroom.board.BoardFixtures.published;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.Evidence;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.PublishedOutage;

class RootCauseTest {

    private static final long NOW = Instant.parse("2022-07-19T15:42:00Z").toEpochMilli();

    private final Board board = new Board(ZoneId.of("Europe/London"));

    @Test
    void showsOneRowForARootCauseAndItsDependents() {
        Outage room = outage("room", NOW - 60 * MINUTE, Outage.OPEN);
        Outage pas = outage("pas", NOW - 58 * MINUTE, Outage.OPEN);
        Outage phones = outage("phones", NOW - 300 * MINUTE, NOW - 200 * MINUTE);
        system("room", "Server room");
        system("pas", "Patient administration");
        system("records", "Records");
        system("phones", "Telephones");
        board.outage(room.id(), published(room, List.of(room.id()), List.of("pas", "records")));
        board.outage(pas.id(), published(pas, List.of(room.id()), List.of("records")));
        board.outage(phones.id(), published(phones, List.of(phones.id()), List.of()));
        counts("SYSTEM|room", new ImpactCounts(8, 2, 0, 4, 0, 0, 0, 0));
        counts("OUTAGE|" + room.id(), new ImpactCounts(1, 1, 0, 1, 0, 0, 0, 0));
        counts("SYSTEM|phones", postponed(400));

        BoardView view = board.now(NOW);

        assertThat(view.outages())
                .extracting(BoardView.OutageRow::name)
                .as("open ones first, whatever their impact")
                .containsExactly("Server room", "Telephones");
        BoardView.OutageRow first = view.outages().get(0);
        assertThat(first.follows()).containsExactly("Patient administration", "Records");
        assertThat(List.of(first.postponed(), first.unconfirmed(), first.atRisk()))
                .containsExactly(4L, 2L, 8L);
        assertThat(view.systems()).isEqualTo(new BoardView.Systems(3, 4, 1));
        assertThat(view.bands()).hasSize(2);
    }

    @Test
    void countsSystemsThatAnOutageDoesNotList() {
        Outage room = outage("room", NOW - 60 * MINUTE, Outage.OPEN);
        board.outage(
                room.id(),
                new PublishedOutage(room, List.of(room.id()), 1, List.of("pas", "records"), 1_500, List.of(), 0));

        BoardView view = board.now(NOW);

        assertThat(view.systems().unavailable()).isEqualTo(1_501);
        assertThat(view.outages().get(0).follows()).containsExactly("pas", "records");
        assertThat(view.outages().get(0).followCount()).isEqualTo(1_500);
    }

    @Test
    void keepsARootCauseOpenUntilAllDependentsAreBack() {
        Outage chiller = outage("chiller", NOW - 300 * MINUTE, NOW - 200 * MINUTE);
        Outage pas = outage("pas", NOW - 290 * MINUTE, NOW - 10 * MINUTE);
        Outage records = outage("records", NOW - 280 * MINUTE, Outage.OPEN);
        board.outage(chiller.id(), published(chiller, List.of(chiller.id()), List.of("pas", "records", "letters")));
        board.outage(pas.id(), published(pas, List.of(chiller.id()), List.of("letters")));
        board.outage(records.id(), published(records, List.of(chiller.id()), List.of("clinic list")));

        BoardView view = board.now(NOW);
        BoardView.OutageRow row = view.outages().get(0);

        assertThat(row.backAt()).isEqualTo(chiller.endedAt());
        assertThat(row.endedAt()).isNull();
        assertThat(row.follows()).as("still out").containsExactly("clinic list", "records");
        assertThat(view.systems()).isEqualTo(new BoardView.Systems(2, 0, 1));
        assertThat(view.bands().get(0).to()).isNull();
        assertThat(board.timeline(NOW).bands().get(0).to()).isNull();

        Outage mended = new Outage("records", records.startedAt(), NOW - MINUTE, false, Evidence.OBSERVED, NOW);
        board.outage(mended.id(), published(mended, List.of(chiller.id()), List.of("clinic list")));
        BoardView over = board.now(NOW);

        assertThat(over.outages().get(0).endedAt()).isEqualTo(mended.endedAt());
        assertThat(over.outages().get(0).followCount()).as("all dependents").isEqualTo(4);
        assertThat(over.systems().rootCauses()).isZero();
        assertThat(over.bands().get(0).to()).isEqualTo(mended.endedAt());
        assertThat(board.timeline(NOW).bands().get(0).to()).isEqualTo(mended.endedAt());
    }

    @Test
    void showsOneRowForASystemThatFailsRepeatedly() {
        Outage first = outage("pas", NOW - 300 * MINUTE, NOW - 280 * MINUTE);
        Outage second = outage("pas", NOW - 200 * MINUTE, NOW - 180 * MINUTE);
        Outage late = outage("letters", NOW - 190 * MINUTE, Outage.OPEN);
        Outage third = outage("pas", NOW - 100 * MINUTE, NOW - 90 * MINUTE);
        for (Outage each : List.of(first, second, third)) {
            board.outage(each.id(), published(each, List.of(each.id()), List.of("letters")));
        }
        counts("SYSTEM|pas", postponed(31));
        assertThat(board.now(NOW).outages())
                .extracting(
                        BoardView.OutageRow::outageId, BoardView.OutageRow::otherTimes, BoardView.OutageRow::postponed)
                .containsExactly(tuple(third.id(), 2, 31L));
        assertThat(board.now(NOW).outages().get(0).firstOther()).isEqualTo(first.startedAt());
        assertThat(board.now(second.startedAt() - MINUTE).outages().get(0).firstOther())
                .as("no other yet")
                .isNull();
        assertThat(board.now(NOW).bands()).hasSize(3);

        board.outage(late.id(), published(late, List.of(second.id()), List.of()));

        assertThat(board.now(NOW).outages())
                .as("the one that is not over")
                .extracting(BoardView.OutageRow::outageId, BoardView.OutageRow::otherTimes)
                .containsExactly(tuple(second.id(), 2));
        assertThat(board.now(NOW).bands())
                .as("a chart has room for few")
                .first()
                .extracting(BoardView.Band::outageId)
                .isEqualTo(second.id());

        Outage fourth = outage("pas", NOW - 5 * MINUTE, Outage.OPEN);
        board.outage(fourth.id(), published(fourth, List.of(fourth.id()), List.of("wards")));
        BoardView.OutageRow both = board.now(NOW).outages().get(0);
        assertThat(both.outageId()).isEqualTo(fourth.id());
        assertThat(both.backAt()).isNull();
        assertThat(both.startedAt()).as("since when something is out").isEqualTo(second.startedAt());
        assertThat(both.follows()).containsExactly("letters", "wards");
        assertThat(both.otherTimes()).isEqualTo(2);
    }

    @Test
    void treatsMaintenanceAsUnplannedOnceDependentsOverrunIt() {
        Outage works =
                new Outage("network", NOW - 90 * MINUTE, NOW - 20 * MINUTE, true, Evidence.OBSERVED, NOW - 90 * MINUTE);
        Outage pas = outage("pas", NOW - 85 * MINUTE, Outage.OPEN);
        board.outage(works.id(), published(works, List.of(works.id()), List.of("pas")));
        board.outage(pas.id(), published(pas, List.of(works.id()), List.of()));

        assertThat(board.now(NOW - 15 * MINUTE).bands().get(0).planned()).isTrue();
        assertThat(board.now(NOW).bands().get(0).planned()).isFalse();
        assertThat(board.now(NOW).outages().get(0).planned()).isFalse();
        assertThat(board.timeline(NOW - 15 * MINUTE).bands().get(0).planned()).isTrue();
        assertThat(board.timeline(NOW).bands().get(0).planned()).isFalse();
    }

    @Test
    void keepsOverrunMaintenanceUnplannedOnceAllIsBack() {
        Outage works = new Outage(
                "network", NOW - 900 * MINUTE, NOW - 700 * MINUTE, true, Evidence.OBSERVED, NOW - 900 * MINUTE);
        Outage pas = outage("pas", NOW - 890 * MINUTE, NOW - 300 * MINUTE);
        Outage alone = outage("phones", NOW - 200 * MINUTE, NOW - 190 * MINUTE);
        board.outage(works.id(), published(works, List.of(works.id()), List.of("pas")));
        board.outage(pas.id(), published(pas, List.of(works.id()), List.of()));
        board.outage(alone.id(), published(alone, List.of(alone.id()), List.of()));
        counts("SYSTEM|network", postponed(300));
        counts("SYSTEM|phones", postponed(4));

        assertThat(board.now(NOW).outages())
                .as("by impact, not after unplanned ones")
                .extracting(BoardView.OutageRow::outageId, BoardView.OutageRow::planned)
                .containsExactly(tuple(works.id(), false), tuple(alone.id(), false));
        assertThat(board.now(NOW).bands()).noneMatch(BoardView.Band::planned);
        assertThat(board.timeline(NOW).bands()).noneMatch(Timeline.Band::planned);
        assertThat(board.timeline(works.endedAt()).bands().get(0).planned()).isTrue();
    }

    @Test
    void keepsMaintenancePlannedIfDependentsWereBackInTime() {
        Outage works = new Outage(
                "network", NOW - 900 * MINUTE, NOW - 700 * MINUTE, true, Evidence.OBSERVED, NOW - 900 * MINUTE);
        Outage pas = outage("pas", NOW - 890 * MINUTE, NOW - 690 * MINUTE);
        board.outage(works.id(), published(works, List.of(works.id()), List.of("pas")));
        board.outage(pas.id(), published(pas, List.of(works.id()), List.of()));

        assertThat(board.now(NOW).outages().get(0).planned()).isTrue();
        assertThat(board.timeline(NOW).bands().get(0).planned()).isTrue();
    }

    @Test
    void isNotBackWhileItDependsOnItselfInACycle() {
        Outage first = outage("pas", NOW - 90 * MINUTE, NOW - 60 * MINUTE);
        Outage records = outage("records", NOW - 80 * MINUTE, Outage.OPEN);
        Outage again = outage("pas", NOW - 30 * MINUTE, Outage.OPEN);
        board.outage(first.id(), published(first, List.of(first.id()), List.of("records")));
        board.outage(records.id(), published(records, List.of(first.id()), List.of("pas")));
        board.outage(again.id(), published(again, List.of(first.id()), List.of("records")));

        assertThat(board.now(NOW).outages()).hasSize(1);
        assertThat(board.now(NOW).outages().get(0).backAt()).isNull();
    }

    @Test
    void listsEveryOpenRootCauseAndThoseThatEndedLast() {
        for (int number = 1; number <= 20; number++) {
            Outage lasts = outage("lasts-" + number, NOW - number * MINUTE, Outage.OPEN);
            Outage over = outage("over-" + number, NOW - 90 * MINUTE, NOW - number * MINUTE);
            board.outage(lasts.id(), published(lasts, List.of(lasts.id()), List.of()));
            board.outage(over.id(), published(over, List.of(over.id()), List.of()));
            counts("SYSTEM|over-" + number, postponed(number));
        }

        List<BoardView.Band> bands = board.now(NOW).bands();

        assertThat(bands).filteredOn(band -> band.to() == null).hasSize(20);
        assertThat(bands)
                .filteredOn(band -> band.to() != null)
                .hasSize(12)
                .allMatch(band -> band.to() >= NOW - 12 * MINUTE);
    }

    @Test
    void removesAnOutageWithItsTombstone() {
        Outage wrong = outage("pas", NOW - 30 * MINUTE, Outage.OPEN);
        board.outage(wrong.id(), published(wrong, List.of(wrong.id()), List.of()));
        board.outage(wrong.id(), null);

        assertThat(board.now(NOW).outages()).isEmpty();
        assertThat(board.now(NOW).systems().unavailable()).isZero();
    }

    private void counts(String cell, ImpactCounts counts) {
        board.counts(Cell.parse(cell), counts, NOW);
    }

    private void system(String id, String name) {
        board.system(id, new MonitoredSystem(id, name, "ORG", "APPLICATION", Set.of(), null, null));
    }
}
