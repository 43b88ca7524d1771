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
import org.knockon.warroom.drill.OutageView.Heard;
import org.knockon.warroom.drill.OutageView.Node;
import org.knockon.warroom.page.PageHeader;
import org.knockon.warroom.report.IncidentReport.Row;

class OutageViewBuilderTest {

    private static final long NOW = Instant.parse("2022-07-19T15:42:00Z").toEpochMilli();
    private static final long MINUTE = 60_000;
    private static final Outage ROOM = outage("room", 100, 10);
    private static final Outage HOSTS = outage("hosts", 98, 8);
    private static final Outage PAS = outage("pas", 97, Integer.MIN_VALUE);

    /** room <- hosts <- pas <- letters; pas needs the network too, which is well; pas and records need each other. */
    private static List<Consumer<Board>> told() {
        List<Consumer<Board>> told = new ArrayList<>(List.of(
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
            told.add(to -> to.observation(new Observation("pas", status, at, "probe", "said by hand")));
        }
        return told;
    }

    @Test
    void leadsFromAnOutageToItsRootCauseAndToWhatFollows() {
        OutageView view = view(PAS, board(told()), false).orElseThrow();

        assertThat(view.rootCause()).isFalse();
        assertThat(shape(view.causes())).isEqualTo("[hosts@[room@!]]");
        assertThat(shape(view.follows())).isEqualTo("[letters, records]");
        OutageView root = view(ROOM, board(told()), false).orElseThrow();
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
    void showsARootCauseThatTheCatalogueNoLongerLeadsTo() {
        Board board = board(told());
        system(board, "hosts", "Virtual hosts");

        assertThat(shape(view(PAS, board, false).orElseThrow().causes())).isEqualTo("[room@!]");
    }

    @Test
    void whatFollowsBelongsToItsRootCauseHoweverLate() {
        Board board = board(told());
        Outage letters = outage("letters", 5, Integer.MIN_VALUE);
        publish(board, letters, List.of("room"));

        assertThat(shape(view(ROOM, board, false).orElseThrow().follows()))
                .isEqualTo("[hosts@[pas@[letters@, records]]]");
        assertThat(shape(view(letters, board, false).orElseThrow().causes()))
                .isEqualTo("[pas@[hosts@[room@!], records]]");
    }

    @Test
    void whatFailsAgainIsShownAsItIsNow() {
        Board board = board(told());
        Outage again = outage("hosts", 5, Integer.MIN_VALUE);
        publish(board, again, List.of("room"), "letters", "pas", "records");

        Node hosts = view(ROOM, board, false).orElseThrow().follows().get(0);
        assertThat(hosts.outageId()).isEqualTo(again.id());
        assertThat(hosts.endedAt()).isNull();
    }

    @Test
    void tellsItsTimesItsEvidenceAndItsNumbers() {
        OutageView view = view(PAS, board(told()), false).orElseThrow();

        assertThat(view.startedAt()).isEqualTo(ago(97));
        assertThat(view.detectedAt()).isEqualTo(ago(90));
        assertThat(view.confirmedAt()).isEqualTo(ago(95));
        assertThat(view.endedAt()).isNull();
        assertThat(view.heard())
                .containsExactly(
                        new Heard("probe", "UP", ago(150), ago(100)), new Heard("probe", "DOWN", ago(90), ago(0)));
        assertThat(view.figures().postponed()).isEqualTo(11);
        assertThat(view.services())
                .as("those that need it, most hit first")
                .extracting(OutageView.Service::serviceId)
                .containsExactly("list", "clinic");
        assertThat(view.byCategory())
                .extracting(Row::value, row -> row.figures().postponed())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("OUTPATIENT", 3L),
                        org.assertj.core.groups.Tuple.tuple("THEATRE", 40L));
        assertThat(view.bySpecialty()).extracting(Row::value).containsExactly("100", "110");
        assertThat(String.join(" ", view.method())).contains("by whatever outage", "45 min");
    }

    @Test
    void namesSitesWhereACareServiceDoes() {
        Board board = board(told());
        assertThat(OutageHtml.page(view(PAS, board, false).orElseThrow())).contains("<td><bdi>SITE</bdi></td>");
        board.service(
                "other",
                new CareService(
                        "other", "Other care", "ORG", "SITE", "Site & <b>", "110", Category.THEATRE, List.of()));

        OutageView view = view(PAS, board, false).orElseThrow();
        assertThat(view.services())
                .extracting(OutageView.Service::siteName)
                .as("by whatever care service")
                .containsExactly("Site & <b>", "Site & <b>");
        assertThat(OutageHtml.page(view)).contains("<td><bdi>Site &amp; &lt;b&gt;</bdi> (<bdi>SITE</bdi>)</td>");
    }

    @Test
    void saysOfThePastOnlyWhatWasKnownThen() {
        Board board = board(told());
        OutageView then = view(HOSTS, board, true, NOW - 30 * MINUTE).orElseThrow();

        assertThat(then.endedAt()).as("not yet, then").isNull();
        assertThat(then.services().get(0).figures()).isNull();
        assertThat(then.byCategory()).isEmpty();
        assertThat(then.figures().postponed()).isZero();
        OutageView before = view(HOSTS, board, true, NOW - 90 * MINUTE).orElseThrow();
        assertThat(before.figures()).as("before history begins").isNull();
        assertThat(OutageHtml.page(before)).contains("No history before 19 July 2022 15:42 BST");
        assertThat(view(HOSTS, board, true, NOW - 97 * MINUTE))
                .as("not confirmed then")
                .isEmpty();
        assertThat(view(outage("pas", 5, 1), board, false)).isEmpty();
    }

    @Test
    void isTheSameWhateverTheOrder() {
        List<Consumer<Board>> told = told();
        String expected = OutageHtml.page(view(PAS, board(told), false).orElseThrow());
        for (long seed = 1; seed <= 20; seed++) {
            Collections.shuffle(told, new Random(seed));
            assertThat(OutageHtml.page(view(PAS, board(told), false).orElseThrow()))
                    .as("seed " + seed)
                    .isEqualTo(expected);
        }
    }

    @Test
    void isAPageThatEscapesEveryTextAndSaysThatItIsAnExercise() {
        String page = OutageHtml.page(view(PAS, board(told()), false).orElseThrow());

        assertThat(page)
                .contains("EXERCISE, synthetic data: test", "Letters &lt;b&gt;", "19 July 2022 15:05 BST")
                .contains("title=\"2022-07-19T14:05:00Z (UTC)\"")
                .contains("href=\"/outage/room%402022-07-19T14%3A02%3A00Z\"")
                .doesNotContain("<script", "style=", "said by hand");
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
        BoardSnapshot standing = board.standing(now, past, new BoardSnapshot.Read(List.of(), 0));
        return OutageViewBuilder.make(outage.id(), standing, head(standing), board::said);
    }

    static PageHeader head(BoardSnapshot standing) {
        return new PageHeader(
                "test",
                Instant.ofEpochMilli(standing.now()),
                standing.past(),
                ago(60),
                !standing.past() || standing.countedUntil() != null,
                standing.zone(),
                "RUNNING",
                0,
                List.of());
    }

    private static Board board(List<Consumer<Board>> told) {
        Board board = new Board(ZoneId.of("Europe/London"));
        told.forEach(tell -> tell.accept(board));
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

    /** @param to minutes before now; least for one that lasts */
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
