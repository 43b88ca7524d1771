package org.knockon.feeds.cloudevents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.knockon.feeds.fixture.Fixture;
import org.knockon.feeds.fixture.Outcomes;
import org.knockon.feeds.fixture.Remembered;
import org.knockon.feeds.fixture.Secrets;

/** Each row of the mapping, as a request and the events that it must become. */
class CloudEventFixturesTest {

    private final CloudEventMapper mapper = new CloudEventMapper(new CloudEventFeedSettings("ce", "ce"));

    static List<Fixture> fixtures() {
        return Fixture.all("cloudevents");
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void becomesExactlyTheEventsThatTheTableSays(Fixture fixture) {
        JsonNode expected = fixture.expected();
        Set<EventId> recent = new HashSet<>();
        expected.path("recent")
                .forEach(event -> recent.add(
                        new EventId(event.path(0).asText(), event.path(1).asText())));

        CloudEventResult result = mapper.map(
                fixture.request(), Remembered.of(expected.path("remembered")), recent::contains, fixture.receivedAt());

        assertThat(Outcomes.of(result.messages()).toPrettyString())
                .isEqualTo(expected.path("messages").toPrettyString());
        assertThat(result.response().status()).isEqualTo(expected.path("status").asInt());
        assertThat(result.events())
                .hasSize(result.response().positive() ? result.messages().size() : 0);
        Secrets.assertNoneIn(result.toString() + result.response(), fixture.name());
    }
}
