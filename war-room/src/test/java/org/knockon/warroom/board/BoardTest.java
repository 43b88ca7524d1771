package org.knockon.warroom.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.knockon.warroom.board.BoardFixtures.MINUTE;
import static org.knockon.warroom.board.BoardFixtures.outage;
import static org.knockon.warroom.board.BoardFixtures.postponed;
import static org.knockon.warroom.board.BoardFixtures.published;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.Dimension;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.SystemStatus;

class BoardTest {

    private static final long NOW = at("2022-07-19T15:42:00Z");

    private final Board board = new Board(ZoneId.of("Europe/London"));

    @Test
    void keepsPostponedAndUnconfirmedApartForEachKindOfCare() {
        counts("ALL", new ImpactCounts(40, 9, 7, 50, 30, 5, 1, 0));
        counts("CATEGORY|OUTPATIENT", new ImpactCounts(0, 4, 0, 40, 20, 0, 0, 0));
        counts("CATEGORY|THEATRE", new ImpactCounts(0, 1, 0, 5, 3, 0, 0, 0));
        counts("CATEGORY|DAY_CASE", new ImpactCounts(0, 2, 0, 1, 0, 1, 0, 0));

        BoardView.Postponed postponed = board.now(NOW).postponed();

        assertThat(postponed.postponed()).isEqualTo(86);
        assertThat(postponed.unconfirmed()).isEqualTo(9);
        assertThat(postponed.outpatient()).isEqualTo(new BoardView.Pair(60, 4));
        assertThat(postponed.procedures()).isEqualTo(new BoardView.Pair(10, 3));
        assertThat(postponed.other()).isEqualTo(new BoardView.Pair(16, 2));
        assertThat(postponed.deliveredInDowntime()).isEqualTo(7);
    }

    @Test
    void forecastsFromSlotHoursInLocalTime() {
        // 15:42 UTC is 16:42 in London in July.
        counts("SLOT_HOUR|2022-07-19T15+01:00", atRisk(1000));
        counts("SLOT_HOUR|2022-07-19T16+01:00", atRisk(3));
        counts("SLOT_HOUR|2022-07-19T17+01:00", atRisk(20));
        counts("SLOT_HOUR|2022-07-19T20+01:00", atRisk(100));
        counts("SLOT_HOUR|2022-07-19T21+01:00", atRisk(5000));
        counts("SLOT_HOUR|a newer form", atRisk(7));

        BoardView.AtRisk risk = board.now(NOW).atRisk();

        assertThat(risk.soon()).isEqualTo(123);
        assertThat(risk.soonUntil()).isEqualTo(at("2022-07-19T20:00:00Z"));
        assertThat(risk.forecast())
                .startsWith(
                        new BoardView.Forecast(at("2022-07-19T16:00:00Z"), 3),
                        new BoardView.Forecast(at("2022-07-19T17:00:00Z"), 23));
    }

    @Test
    void distinguishesASiteWithoutTheServiceFromOneWithNothingPostponed() {
        service("a-1", "SITE1", Category.OUTPATIENT);
        service("a-2", "SITE1", Category.THEATRE);
        service("b-1", "SITE2", Category.OUTPATIENT);
        counts("SITE_CATEGORY|SITE2/OUTPATIENT", new ImpactCounts(3, 1, 0, 2, 0, 0, 0, 0));

        BoardView.Heat heat = board.now(NOW).heat();

        assertThat(heat.categories()).containsExactly("OUTPATIENT", "THEATRE");
        assertThat(heat.rows()).extracting(BoardView.HeatRow::site).containsExactly("SITE2", "SITE1");
        assertThat(heat.rows().get(0).cells()).containsExactly(new BoardView.HeatCell(2, 1, 3), null);
        assertThat(heat.rows().get(1).cells())
                .containsExactly(new BoardView.HeatCell(0, 0, 0), new BoardView.HeatCell(0, 0, 0));
    }

    @Test
    void namesASiteByItsServiceWithTheSmallestId() {
        List<Consumer<Board>> events = List.of(
                to -> service(to, "a", "SITE1", " "),
                to -> service(to, "b", "SITE1", "St Thomas' Hospital"),
                to -> service(to, "c", "SITE1", "STH"),
                to -> service(to, "d", "SITE2", null));
        List<Consumer<Board>> backwards = new ArrayList<>(events);
        Collections.reverse(backwards);

        for (List<Consumer<Board>> order : List.of(events, backwards)) {
            assertThat(fold(order).now(NOW).heat().rows())
                    .extracting(BoardView.HeatRow::site, BoardView.HeatRow::siteName)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("SITE1", "St Thomas' Hospital"),
                            org.assertj.core.groups.Tuple.tuple("SITE2", null));
        }
    }

    @Test
    void marksAMonitorSilentAfterThreeUsualGapsAndTheCountsAsLowerBounds() {
        for (int look = 0; look < 20; look++) {
            observe("brisk", NOW - 200 * MINUTE + look * 10L * MINUTE);
            observe("slow", NOW - 20 * 60 * MINUTE + look * 60L * MINUTE);
        }
        BoardView soon = board.now(NOW);
        BoardView later = board.now(NOW + 25 * MINUTE);

        assertThat(soon.atLeast()).isFalse();
        assertThat(later.atLeast()).isTrue();
        assertThat(later.feeds())
                .extracting(BoardView.FeedRow::monitor, BoardView.FeedRow::silentSince)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("brisk", NOW - 10 * MINUTE),
                        org.assertj.core.groups.Tuple.tuple("slow", null));
    }

    @Test
    void showsADownwardCorrectionForTenMinutes() {
        history("ALL", postponed(100), NOW - 20 * MINUTE);
        history("ALL", postponed(86), NOW - 5 * MINUTE);
        counts("ALL", postponed(86));

        assertThat(board.now(NOW).postponed().revision()).isEqualTo(new BoardView.Revision(NOW - 5 * MINUTE, -14));
        assertThat(board.now(NOW + 6 * MINUTE).postponed().revision()).isNull();
    }

    @Test
    void dropsAMonitorThatWasSilentForWeeks() {
        for (int look = 0; look < 20; look++) {
            observe("retired", NOW - look * 10L * MINUTE);
        }
        long day = 24 * 60 * MINUTE;

        assertThat(board.now(NOW + 30 * day).atLeast()).isTrue();
        assertThat(board.now(NOW + 32 * day).feeds()).isEmpty();
        assertThat(board.now(NOW + 32 * day).atLeast()).isFalse();
    }

    @Test
    void showsTheChangeOfTheLastHourOnceAnHourIsKnown() {
        history("ALL", postponed(10), NOW - 30 * MINUTE);
        counts("ALL", postponed(48));
        assertThat(board.now(NOW).postponed().lastHour()).isNull();

        history("ALL", postponed(8), NOW - 90 * MINUTE);
        assertThat(board.now(NOW).postponed().lastHour()).isEqualTo(40);
    }

    @Test
    void listsTheRangeForSeeking() {
        Outage room = outage("room", NOW - 90 * MINUTE, NOW - 20 * MINUTE);
        Outage pas = outage("pas", NOW - 80 * MINUTE, NOW - 10 * MINUTE);
        Outage forgotten = outage("pas", NOW - 102 * 24 * 60 * MINUTE, NOW - 101 * 24 * 60 * MINUTE);
        system("room", "Server room");
        board.outage(pas.id(), published(pas, List.of(room.id()), List.of()));
        board.outage(room.id(), published(room, List.of(room.id()), List.of("pas")));
        board.outage(forgotten.id(), published(forgotten, List.of(forgotten.id()), List.of()));
        assertThat(board.timeline(null).first()).isNull();
        history("ALL", postponed(5), NOW - 60 * MINUTE);
        history("ALL", postponed(6), NOW);

        assertThat(board.timeline(NOW))
                .isEqualTo(new Timeline(
                        NOW - 60 * MINUTE,
                        NOW,
                        at("2022-06-18T15:00:00Z"),
                        List.of(new Timeline.Band(
                                room.id(),
                                "Server room",
                                NOW - 90 * MINUTE,
                                NOW - 20 * MINUTE,
                                NOW - 10 * MINUTE,
                                false,
                                NOW - 88 * MINUTE))));
    }

    @Test
    void showsThePastFromHistory() {
        Outage early = outage("pas", NOW - 100 * MINUTE, NOW - 10 * MINUTE);
        board.outage(early.id(), published(early, List.of(early.id()), List.of()));
        history("ALL", postponed(5), NOW - 60 * MINUTE);
        history("ALL", postponed(50), NOW - 5 * MINUTE);
        counts("ALL", postponed(60));

        BoardView then = board.at(NOW - 30 * MINUTE);

        assertThat(then.fromHistory()).isTrue();
        assertThat(then.postponed().postponed()).isEqualTo(5);
        assertThat(then.outages().get(0).endedAt())
                .as("it had not ended by then")
                .isNull();
    }

    @Test
    void doesNotDependOnTheOrderOfRecordsWithDifferentKeys() {
        List<Consumer<Board>> events = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            long then = NOW - i * 5L * MINUTE;
            ImpactCounts counts = postponed(i * 7 % 31);
            events.add(to -> to.history(Cell.ALL, counts, then));
            events.add(to -> to.history(new Cell(Dimension.CATEGORY, "OUTPATIENT"), counts, then));
            events.add(to -> to.observation(new Observation("pas", SystemStatus.UP, then, "probe", null)));
            Outage outage = outage("system" + i, then, i % 2 == 0 ? Outage.OPEN : then + MINUTE);
            events.add(to -> to.outage(outage.id(), published(outage, List.of(outage.id()), List.of("pas"))));
        }
        BoardView expected = fold(events).now(NOW);
        BoardView expectedThen = fold(events).at(NOW - 77 * MINUTE);

        for (long seed = 1; seed <= 20; seed++) {
            Collections.shuffle(events, new Random(seed));
            assertThat(fold(events).now(NOW)).as("seed " + seed).isEqualTo(expected);
            assertThat(fold(events).at(NOW - 77 * MINUTE)).as("seed " + seed).isEqualTo(expectedThen);
        }
        assertThat(expected.backlog().curve().size()).isGreaterThan(50);
    }

    @Test
    void keepsEvidenceOfKnownSystemsHoweverManyUnknownOnesThereAre() {
        system("pas", "Patient administration");
        observe("probe", NOW);
        board.now(NOW);
        int strangers = StatusHistory.MAX_UNKNOWN + 20_000;
        for (int i = 0; i < strangers; i++) {
            board.observation(new Observation("typo" + i, SystemStatus.UP, NOW - 2 * MINUTE + i, "probe", null));
        }
        board.now(NOW);

        assertThat(board.statusHistory("pas", 0, Long.MAX_VALUE)).hasSize(1);
        assertThat(board.statusHistory("typo0", 0, Long.MAX_VALUE)).isEmpty();
        assertThat(board.statusHistory("typo" + (strangers - 1), 0, Long.MAX_VALUE))
                .as("the catalogue may still name it")
                .hasSize(1);
    }

    private static Board fold(List<Consumer<Board>> events) {
        Board folded = new Board(ZoneId.of("Europe/London"));
        events.forEach(event -> event.accept(folded));
        return folded;
    }

    private void counts(String cell, ImpactCounts counts) {
        board.counts(Cell.parse(cell), counts, NOW);
    }

    private void history(String cell, ImpactCounts counts, long asOf) {
        board.history(Cell.parse(cell), counts, asOf);
    }

    private void observe(String monitor, long at) {
        board.observation(new Observation("pas", SystemStatus.UP, at, monitor, null));
    }

    private void system(String id, String name) {
        board.system(id, new MonitoredSystem(id, name, "ORG", "APPLICATION", Set.of(), null, null));
    }

    private void service(String id, String site, Category category) {
        board.service(id, new CareService(id, id, "ORG", site, "100", category, List.of()));
    }

    private static void service(Board to, String id, String site, String siteName) {
        to.service(id, new CareService(id, id, "ORG", site, siteName, "100", Category.OUTPATIENT, List.of()));
    }

    private static ImpactCounts atRisk(long number) {
        return new ImpactCounts(number, 0, 0, 0, 0, 0, 0, 0);
    }

    private static long at(String instant) {
        return Instant.parse(instant).toEpochMilli();
    }
}
