package org.knockon.feeds.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.knockon.feeds.fixture.Fixture;
import org.knockon.feeds.fixture.Outcomes;
import org.knockon.feeds.fixture.Secrets;
import org.knockon.feeds.message.Outcome;

/** Each row of the mapping, as a message and the observations that it must become. */
class MonitorFixturesTest {

    private static final Set<String> CATALOGUE = Set.of("pas", "pacs", "portal");

    static List<Fixture> fixtures() {
        return Fixture.all("monitor");
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void becomesExactlyTheObservationsThatTheTableSays(Fixture fixture) {
        JsonNode expected = fixture.expected();
        String feed = expected.path("feed").asText();
        MonitorState before = before(feed, expected);
        long since = expected.has("listeningSince")
                ? Instant.parse(expected.path("listeningSince").asText()).toEpochMilli()
                : 0;

        MonitorResult result = MonitorFeeds.map(
                feed,
                expected,
                fixture.body(),
                before,
                new MonitorContext(fixture.receivedAt(), since, CATALOGUE::contains));

        assertThat(Outcomes.of(List.of(result.message())).toPrettyString())
                .isEqualTo(expected.path("messages").toPrettyString());
        assertThat(Outcomes.of(result.refusedParts()))
                .isEqualTo(
                        expected.has("refusedParts")
                                ? expected.path("refusedParts")
                                : JsonNodeFactory.instance.arrayNode());
        assertThat(result.response().status()).isEqualTo(expected.path("status").asInt());
        assertThat(result.sources()).hasSameSizeAs(result.message().observations());
        if (result.message().outcome() == Outcome.REFUSED) {
            assertThat(result.state()).isSameAs(before);
        }
        Secrets.assertNoneIn(
                result.response()
                        + result.message().unmapped().toString()
                        + result.sources()
                        + result.state()
                        + result.state().systems(),
                fixture.name());
    }

    @Test
    void thereAreEnough() {
        assertThat(fixtures()).hasSizeGreaterThanOrEqualTo(30);
    }

    private static MonitorState before(String feed, JsonNode expected) {
        MonitorState state = MonitorState.EMPTY;
        for (JsonNode message : expected.path("before")) {
            long at = Instant.parse(message.path("receivedAt").asText()).toEpochMilli();
            ObjectNode how = JsonNodeFactory.instance.objectNode();
            if (message.path("body").isTextual()) {
                how.put("repeat", true);
            }
            MonitorResult result = MonitorFeeds.map(
                    feed,
                    how,
                    MonitorFeeds.bytes(message.path("body")),
                    state,
                    new MonitorContext(at, 0, CATALOGUE::contains));
            assertThat(result.message().outcome()).isNotEqualTo(Outcome.REFUSED);
            state = result.state();
        }
        return state;
    }
}
