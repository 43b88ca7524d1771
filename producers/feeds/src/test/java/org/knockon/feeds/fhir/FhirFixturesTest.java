package org.knockon.feeds.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.knockon.feeds.fixture.Fixture;
import org.knockon.feeds.fixture.Outcomes;
import org.knockon.feeds.fixture.Remembered;
import org.knockon.feeds.fixture.Secrets;

/** Each row of the mapping, as a message and the events that it must become. */
class FhirFixturesTest {

    static List<Fixture> fixtures() {
        return Fixture.all("fhir");
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void becomesExactlyTheEventsThatTheTableSays(Fixture fixture) throws IOException {
        FhirMapper mapper = FhirFeeds.named(fixture.expected().path("feed").asText());
        FhirResult result = mapper.map(
                mapper.read(fixture.request()),
                Remembered.of(fixture.expected().path("remembered")),
                fixture.receivedAt());

        assertThat(Outcomes.of(result.messages()).toPrettyString())
                .isEqualTo(fixture.expected().path("messages").toPrettyString());
        assertThat(result.response().status())
                .isEqualTo(fixture.expected().path("status").asInt());
        assertThat(result.response().headers().getOrDefault("Location", ""))
                .isEqualTo(fixture.expected().path("location").asText());
        JsonNode body = new ObjectMapper().readTree(result.response().body());
        result.messages()
                .forEach(message -> message.refusal()
                        .ifPresent(refusal -> assertThat(body.findValuesAsText("code"))
                                .contains(refusal.reason().text())));
        Secrets.assertNoneIn(result.toString() + result.response() + result.messages(), fixture.name());
        result.versions().forEach(version -> Secrets.assertNoneIn(version.contentHash(), fixture.name()));
    }

    @Test
    void thereAreEnough() {
        assertThat(fixtures()).hasSizeGreaterThanOrEqualTo(25);
    }
}
