package org.knockon.warroom.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.Evidence;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.PublishedOutage;
import org.knockon.impact.model.SystemStatus;
import org.knockon.warroom.board.Board;
import org.knockon.warroom.board.BoardSnapshot;
import org.knockon.warroom.drill.OutageView.Node;
import org.knockon.warroom.drill.OutageView.StatusPeriod;
import org.knockon.warroom.page.BreakdownRow;
import org.knockon.warroom.page.PageHeader;

class OutageViewBuilderTest {

    private static final long NOW = Instant.parse("2022-07-19T15:42:00Z").toEpochMilli();
    private static final long MINUTE = 60_000;
    private static final Outage ROOM = outage("room", 100, 10);
    private static final Outage HOSTS = outage("hosts", 98, 8);
    private static final Outage PAS = outage("pas", 97, Integer.MIN_VALUE);

    /** room <- hosts <- pas <- letters; pas also needs the network, which is up; pas and records need each other. */
    private static List<Consumer<Board>> events() {
        List<Consumer<Board>> events = new ArrayList<>(List.of(
                to -> system(to, "room", "Server room"),
                to -> system(to, "hosts", "Virtual hosts", "room"),
                to -> system(to, "network", "Network"),
                to -> system(to, "pas", "Patient administration", "hosts", "network", "records"),
                to -> system(to, "records", "Records", "pas"),
                to -> system(to, "letters", "Letters <b>", "pas"),
                to -> service(to, "clinic", "100", Category.OUTPATIENT),
                to -> service(to, "list", "110", Category.THEATRE),
                to -> service(to, "other", "110", Category.THEATRE),
                to -> publish(to, ROOM, List.of("room"), "hosts", "letters", "pas", "records"),
                to -> publish(to, HOSTS, List.of("room"), "letters", "pas", "records"),
                to -> publish(to, PAS, List.of("room"), "letters", "records"),
                to -> counts(to, "OUTAGE|" + PAS.id(), 11),
                to -> counts(to, "SERVICE|clinic", 3),
                to -> counts(to, "SERVICE|list", 40),
                to -> counts(to, "SERVICE|other", 500),
                to -> to.history(Cell.ALL, new ImpactCounts(0, 0, 0, 50, 0, 0, 0, 0), NOW - 60 * MINUTE)));
        for (int minute = 200; minute >= 0; minute -= 10) {
            long at = NOW - minute * MINUTE;
            SystemStatus status = minute <= 90 ? SystemStatus.DOWN : SystemStatus.UP;
            events.add(to -> to.observation(new Observation("pas", status, at, "probe", "entered by hand")));
        }
        return events;
    }

    @Test
    void showsTheRootCauseAndTheDependentsOfAnOutage() {
        OutageView view = view(PAS, board(events()), false).orElseThrow();

        assertThat(view.rootCause()).isFalse();
        assertThat(shape(view.causes())).isEqualTo("[hosts@[room@!]]");
        assertThat(shape(view.follows())).isEqualTo("[letters, records]");
        OutageView root = view(ROOM, board(events()), false).orElseThrow();
        assertThat(root.rootCause()).isTrue();
        assertThat(root.causes()).isEmpty();
        assertThat(shape(root.follows())).isEqualTo("[hosts@[pas@[letters, records]]]");
        assertThat(root.follows().get(0).system()).isEqualTo("Virtual hosts");
    }

    @Test
    void cutsAChainOfThousandsOfSystems() {
        Board board = board(List.of());
        int last = 20_000;
        system(board, "room", "Server room");
        for (int i = 1; i <= last; i++) {
            system(board, "s" + i, "System " + i, i == 1 ? "room" : "s" + (i - 1));
        }
        Outage top = outage("s" + last, 99, Integer.MIN_VALUE);
        publish(board, ROOM, List.of("room"), "s1");
        publish(board, top, List.of("room"));

        List<Node> causes = view(top, board, false).orElseThrow().causes();
        assertThat(depth(causes)).isEqualTo(OutageTree.MAX_LEVELS);
        assertThat(causes).extracting(Node::systemId).contains("room");
        assertThat(depth(view(ROOM, board, false).orElseThrow().follows())).isPositive();
    }

    private static int depth(List<Node> nodes) {
        return nodes.stream().mapToInt(node -> 1 + depth(node.next())).max().orElse(0);
    }

    @Test
    void showsARootCauseThatTheCatalogueNoLongerReaches() {
        Board board = board(events());
        system(board, "hosts", "Virtual hosts");

        assertThat(shape(view(PAS, board, false).orElseThrow().causes())).isEqualTo("[room@!]");
    }

    @Test
    void showsDependentsOfARootCauseHoweverLateTheyFail() {
        Board board = board(events());
        Outage letters = outage("letters", 5, Integer.MIN_VALUE);
        publish(board, letters, List.of("room"));

        assertThat(shape(view(ROOM, board, false).orElseThrow().follows()))
                .isEqualTo("[hosts@[pas@[letters@, records]]]");
        assertThat(shape(view(letters, board, false).orElseThrow().causes()))
                .isEqualTo("[pas@[hosts@[room@!], records]]");
    }

    @Test
    void showsTheCurrentOutageOfASystemThatFailsAgain() {
        Board board = board(events());
        Outage again = outage("hosts", 5, Integer.MIN_VALUE);
        publish(board, again, List.of("room"), "letters", "pas", "records");

        Node hosts = view(ROOM, board, false).orElseThrow().follows().get(0);
        assertThat(hosts.outageId()).isEqualTo(again.id());
        assertThat(hosts.endedAt()).isNull();
    }

    @Test
    void showsTimesEvidenceAndNumbers() {
        OutageView view = view(PAS, board(events()), false).orElseThrow();

        assertThat(view.startedAt()).isEqualTo(ago(97));
        assertThat(view.detectedAt()).isEqualTo(ago(90));
        assertThat(view.confirmedAt()).isEqualTo(ago(95));
        assertThat(view.endedAt()).isNull();
        assertThat(view.statusHistory())
                .containsExactly(
                        new StatusPeriod("probe", "UP", ago(150), ago(100)),
                        new StatusPeriod("probe", "DOWN", ago(90), ago(0)));
        assertThat(view.figures().postponed()).isEqualTo(11);
        assertThat(view.services())
                .as("those that need it, most affected first")
                .extracting(OutageView.Service::serviceId)
                .containsExactly("list", "clinic");
        assertThat(view.byCategory())
                .extracting(BreakdownRow::value, row -> row.figures().postponed())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("OUTPATIENT", 3L),
                        org.assertj.core.groups.Tuple.tuple("THEATRE", 40L));
        assertThat(view.bySpecialty()).extracting(BreakdownRow::value).containsExactly("100", "110");
        assertThat(String.join(" ", view.method())).contains("affected by any outage", "45 min");
    }

    @Test
    void namesSitesIfACareServiceDoes() {
        Board board = board(events());
        assertThat(OutageHtml.page(view(PAS, board, false).orElseThrow())).contains("<td><bdi>SITE</bdi></td>");
        board.service(
                "other",
                new CareService(
                        "other", "Other care", "ORG", "SITE", "Site & <b>", "110", Category.THEATRE, List.of()));

        OutageView view = view(PAS, board, false).orElseThrow();
        assertThat(view.services())
                .extracting(OutageView.Service::siteName)
                .as("named by any care service")
                .containsExactly("Site & <b>", "Site & <b>");
        assertThat(OutageHtml.page(view)).contains("<td><bdi>Site &amp; &lt;b&gt;</bdi> (<bdi>SITE</bdi>)</td>");
    }

    @Test
    void showsOnlyWhatWasKnownInThePast() {
        Board board = board(events());
        OutageView then = view(HOSTS, board, true, NOW - 30 * MINUTE).orElseThrow();

        assertThat(then.endedAt()).as("not yet, then").isNull();
        assertThat(then.services().get(0).figures()).isNull();
        assertThat(then.byCategory()).isEmpty();
        assertThat(then.figures().postponed()).isZero();
        OutageView before = view(HOSTS, board, true, NOW - 90 * MINUTE).orElseThrow();
        assertThat(before.figures()).as("before the history").isNull();
        assertThat(OutageHtml.page(before)).contains("The history starts at 19 July 2022 15:42 BST");
        assertThat(view(HOSTS, board, true, NOW - 97 * MINUTE))
                .as("not confirmed then")
                .isEmpty();
        assertThat(view(outage("pas", 5, 1), board, false)).isEmpty();
    }

    @Test
    void doesNotDependOnTheOrder() {
        List<Consumer<Board>> events = events();
        String expected = OutageHtml.page(view(PAS, board(events), false).orElseThrow());
        for (long seed = 1; seed <= 20; seed++) {
            Collections.shuffle(events, new Random(seed));
            assertThat(OutageHtml.page(view(PAS, board(events), false).orElseThrow()))
                    .as("seed " + seed)
                    .isEqualTo(expected);
        }
    }

    @Test
    void escapesEveryTextAndMarksAnExercise() {
        String page = OutageHtml.page(view(PAS, board(events()), false).orElseThrow());

        assertThat(page)
                .contains("EXERCISE, synthetic data: test", "Letters &lt;b&gt;", "19 July 2022 15:05 BST")
                .contains("title=\"2022-07-19T14:05:00Z (UTC)\"")
                .contains("href=\"/outage/room%402022-07-19T14%3A02%3A00Z\"")
                .doesNotContain("<script", "style=", "entered by hand");
    }

    private static String shape(List<Node> nodes) {
        return nodes.stream()
                .map(node -> node.systemId()
                        + (node.outageId() == null ? "" : "@")
                        + (node.rootCause() ? "!" : "")
                        + (node.next().isEmpty() ? "" : shape(node.next())))
                .toList()
                .toString();
    }

    private static Optional<OutageView> view(Outage outage, Board board, boolean past) {
        return view(outage, board, past, NOW);
    }

    private static Optional<OutageView> view(Outage outage, Board board, boolean past, long now) {
        BoardSnapshot snapshot = board.snapshot(now, past, new BoardSnapshot.Input(List.of(), 0));
        return OutageViewBuilder.build(outage.id(), snapshot, head(snapshot), board::statusHistory);
    }

    static PageHeader head(BoardSnapshot snapshot) {
        return new PageHeader(
                "test",
                Instant.ofEpochMilli(snapshot.now()),
                snapshot.past(),
                ago(60),
                !snapshot.past() || snapshot.countedUntil() != null,
                snapshot.zone(),
                "RUNNING",
                0,
                List.of());
    }

    private static Board board(List<Consumer<Board>> events) {
        Board board = new Board(ZoneId.of("Europe/London"));
        events.forEach(event -> event.accept(board));
        return board;
    }

    private static void system(Board to, String id, String name, String... needs) {
        to.system(
                id,
                new MonitoredSystem(
                        id,
                        name,
                        "ORG",
                        "APPLICATION",
                        Set.of(needs),
                        new MonitoringPolicy(2 * MINUTE, 5 * MINUTE, 45 * MINUTE),
                        null));
    }

    private static void service(Board to, String id, String specialty, Category category) {
        to.service(id, new CareService(id, "Care in " + id, "ORG", "SITE", specialty, category, List.of()));
    }

    private static void publish(Board to, Outage outage, List<String> roots, String... affected) {
        to.outage(
                outage.id(),
                new PublishedOutage(
                        outage,
                        roots.stream().map(root -> ROOM.id()).toList(),
                        List.of(affected),
                        List.of("clinic", "list")));
    }

    private static void counts(Board to, String cell, long postponed) {
        to.counts(Cell.parse(cell), new ImpactCounts(0, 0, 0, postponed, 0, 0, 0, 0), NOW);
    }

    /** @param to minutes before now; Integer.MIN_VALUE for an open outage */
    private static Outage outage(String system, int from, int to) {
        long began = NOW - from * MINUTE;
        return new Outage(
                system,
                began,
                to == Integer.MIN_VALUE ? Outage.OPEN : NOW - to * MINUTE,
                false,
                Evidence.OBSERVED,
                began + 2 * MINUTE);
    }

    private static Instant ago(int minutes) {
        return Instant.ofEpochMilli(NOW - minutes * MINUTE);
    }
}
