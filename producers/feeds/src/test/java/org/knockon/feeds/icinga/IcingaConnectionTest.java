package org.knockon.feeds.icinga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.knockon.feeds.message.RefusalReason;
import org.knockon.feeds.monitor.IcingaMapper;
import org.knockon.feeds.monitor.MonitorSettings;
import org.knockon.feeds.publish.Publication;
import org.knockon.feeds.receive.MonitorReceiver;
import org.knockon.feeds.receive.TestOutput;
import org.knockon.feeds.settings.IcingaSettings;
import org.knockon.feeds.settings.Login;
import org.knockon.feeds.tables.IdRule;
import org.knockon.feeds.tables.IdTable;
import org.knockon.feeds.tables.TextPattern;
import org.knockon.feeds.tables.WordTable;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.SystemStatus;
import org.knockon.schemas.FeedState;

/** How the connection behaves when Icinga does not; what its messages mean is the mapper's. */
@Timeout(60)
class IcingaConnectionTest {

    private static final double NOW = TestOutput.NOON / 1e3;
    private static final MonitorSettings SETTINGS = new MonitorSettings(
            "icinga",
            "icinga",
            new IdTable(
                    List.of(
                            new IdRule(Map.of("host", TextPattern.parse("pas")), "pas"),
                            new IdRule(Map.of("host", TextPattern.parse("lab")), "lis")),
                    List.of()),
            new WordTable<>(List.of()),
            Optional.empty(),
            Optional.empty(),
            0);

    private static final String LAB = "\"object\":\"lab\"";

    private final TestOutput test = new TestOutput("icinga");
    private ScriptedIcinga icinga;
    private IcingaConnection connection;

    @BeforeEach
    void start() throws IOException {
        icinga = new ScriptedIcinga();
    }

    @AfterEach
    void stop() throws IOException {
        connection.close();
        icinga.close();
    }

    @Test
    void readsTheObjectsAndThenTheStream() throws Exception {
        icinga.lists.put(ScriptedIcinga.HOSTS, hosts(object("pas", 1, 30), object("lab", 0, 20)));
        connect(Duration.ofMinutes(2));

        Socket stream = icinga.nextStream();
        ScriptedIcinga.send(stream, event("pas", 0, 10) + event("pas", 0, 5).substring(0, 40));

        awaitObservations("pas DOWN " + at(30), "lis UP " + at(20), "pas UP " + at(10)); // The last line has not ended.
        assertThat(icinga.asked)
                .as("nothing is lost between the lists and the stream")
                .containsExactly(ScriptedIcinga.EVENTS, ScriptedIcinga.HOSTS, ScriptedIcinga.SERVICES);
        assertThat(connection.connections()).isEqualTo(1);

        ScriptedIcinga.send(stream, event("pas", 0, 5).substring(40));

        awaitObservations("pas DOWN " + at(30), "lis UP " + at(20), "pas UP " + at(10), "pas UP " + at(5));
    }

    @Test
    void readsTheObjectsAgainAfterTheStreamEnded() throws Exception {
        icinga.lists.put(ScriptedIcinga.HOSTS, hosts(object("pas", 0, 30)));
        connect(Duration.ofMinutes(2));
        Socket stream = icinga.nextStream();
        awaitObservations("pas UP " + at(30));

        icinga.lists.put(ScriptedIcinga.HOSTS, hosts(object("pas", 1, 8)));
        stream.close();
        icinga.nextStream();

        awaitObservations("pas UP " + at(30), "pas DOWN " + at(8));
    }

    @Test
    void aStreamThatIsSilentIsGivenUp() throws Exception {
        connect(Duration.ofMillis(500));
        Socket stream = icinga.nextStream();
        await().until(() -> connection.connections() == 1);

        await().until(() -> {
            connection.endSilence();
            return connection.connections() == 0;
        });

        assertThat(icinga.nextStream()).isNotSameAs(stream);
    }

    @Test
    void aListThatIsCutShortForgetsNothing() throws Exception {
        icinga.lists.put(ScriptedIcinga.HOSTS, hosts(object("pas", 1, 30), object("lab", 1, 30)));
        connect(Duration.ofMinutes(2));
        icinga.nextStream().close();
        awaitObservations("pas DOWN " + at(30), "lis DOWN " + at(30));
        icinga.cut.add(ScriptedIcinga.HOSTS);
        icinga.nextStream();
        await().until(() ->
                icinga.asked.stream().filter(ScriptedIcinga.HOSTS::equals).count() >= 3);

        assertThat(reports("lis")).contains(LAB);

        icinga.lists.put(ScriptedIcinga.HOSTS, hosts(object("pas", 1, 4)));
        icinga.cut.clear();
        icinga.nextStream();

        await("the host that a whole list lacks is forgotten")
                .atMost(Duration.ofSeconds(30)) // Each attempt waits twice as long as the one before.
                .until(() -> !reports("lis").contains(LAB));
    }

    /** What the feed remembers of a system. */
    private String reports(String systemId) {
        String last = "";
        for (FeedState state : test.states()) {
            if (state instanceof FeedState.MonitorReports reports
                    && reports.systemId().equals(systemId)) {
                last = reports.reports();
            }
        }
        return last;
    }

    @Test
    void withoutAPermissionItReadsNothingAndTriesAgain() throws Exception {
        icinga.lists.put(ScriptedIcinga.HOSTS, hosts(object("pas", 1, 30)));
        icinga.statuses.put(ScriptedIcinga.EVENTS, 403);
        connect(Duration.ofMinutes(2));
        await().until(() -> icinga.asked.size() >= 2);
        assertThat(icinga.asked).containsOnly(ScriptedIcinga.EVENTS);

        icinga.statuses.clear();

        awaitObservations("pas DOWN " + at(30));
    }

    @Test
    void aLineThatIsTooLongCostsItselfOnly() throws Exception {
        connect(Duration.ofMinutes(2));
        Socket stream = icinga.nextStream();

        ScriptedIcinga.send(stream, event("pas", 0, 9));
        for (int i = 0; i < 40; i++) {
            ScriptedIcinga.send(stream, "x".repeat(32 * 1024));
        }
        ScriptedIcinga.send(stream, "\n" + event("pas", 2, 7));

        awaitObservations("pas UP " + at(9), "pas DOWN " + at(7));
        assertThat(test.counts.snapshot().reasons()).containsEntry(RefusalReason.TOO_LARGE, 1L);
    }

    @Test
    void whatComesWhileKafkaIsAwayIsPublishedLate() throws Exception {
        connect(Duration.ofMinutes(2));
        Socket stream = icinga.nextStream();
        await().until(() -> connection.connections() == 1);
        await().until(() -> test.counts.snapshot().lastMessageAt().isPresent());
        test.away = true;
        ScriptedIcinga.send(stream, event("pas", 0, 9));
        await().until(() -> test.calls().stream().anyMatch(IcingaConnectionTest::observes));
        test.away = false;

        ScriptedIcinga.send(stream, event("pas", 0, 3));

        awaitObservations("pas UP " + at(9), "pas UP " + at(3));
    }

    private static boolean observes(List<Publication> call) {
        return call.stream().anyMatch(each -> !each.observations().isEmpty());
    }

    private void connect(Duration silence) {
        IcingaMapper mapper = new IcingaMapper(SETTINGS);
        MonitorReceiver receiver = new MonitorReceiver(
                "icinga",
                Set.of("POST"),
                IcingaMapper.LARGEST_LIST,
                SETTINGS,
                (request, state, context) -> mapper.lines(request.body(), state, context),
                Optional.empty(),
                id -> true,
                test.output);
        IcingaApi api = new IcingaApi(
                new IcingaSettings.Connection(icinga.url(), new Login("knockon", "secret"), Optional.empty()));
        connection = new IcingaConnection("icinga", api, mapper, receiver, test, silence).start();
    }

    private void awaitObservations(String... expected) {
        await().untilAsserted(() -> assertThat(test.published.stream()
                        .flatMap(each -> each.observations().stream())
                        .map(IcingaConnectionTest::text))
                .containsExactly(expected));
    }

    private static String text(Observation observation) {
        SystemStatus status = observation.status();
        return observation.systemId() + " " + status + " " + observation.observedAt();
    }

    private static long at(int secondsAgo) {
        return TestOutput.NOON - secondsAgo * 1000L;
    }

    private static String hosts(String... objects) {
        return "{\"results\":[" + String.join(",", objects) + "]}";
    }

    private static String object(String host, int state, int secondsAgo) {
        return "{\"name\":\"" + host + "\",\"type\":\"Host\",\"attrs\":{\"name\":\"" + host + "\",\"state\":" + state
                + ",\"state_type\":1,\"last_hard_state\":" + state + ",\"last_reachable\":true,\"downtime_depth\":0,"
                + "\"last_check_result\":{\"execution_end\":" + (NOW - secondsAgo) + "}}}";
    }

    private static String event(String host, int state, int secondsAgo) {
        return "{\"type\":\"CheckResult\",\"host\":\"" + host + "\",\"downtime_depth\":0,\"timestamp\":"
                + (NOW - secondsAgo) + ",\"check_result\":{\"state\":" + state + ",\"execution_end\":"
                + (NOW - secondsAgo) + ",\"vars_after\":{\"state\":" + state
                + ",\"state_type\":1,\"attempt\":1,\"reachable\":true}}}\n";
    }
}
