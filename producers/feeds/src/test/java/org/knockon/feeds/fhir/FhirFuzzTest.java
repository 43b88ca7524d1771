package org.knockon.feeds.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.knockon.feeds.fixture.Fixture;
import org.knockon.feeds.fixture.Outcomes;
import org.knockon.feeds.fixture.Remembered;
import org.knockon.feeds.fixture.Secrets;
import org.knockon.feeds.message.FeedRequest;
import org.knockon.feeds.message.MappedMessage;
import org.knockon.feeds.message.RecordLimits;
import org.knockon.samples.JsonMutations;

/** Whatever is sent, the feed refuses it or makes records that the topic accepts, and nothing of a patient comes out. */
class FhirFuzzTest {

    private static final int MESSAGES = Boolean.getBoolean("knockon.long") ? 300_000 : 10_000;
    private static final long SEED = 20_260_310;

    @Test
    void mutatedMessagesAreMappedOrRefused() {
        List<Fixture> fixtures = Fixture.all("fhir");
        int published = 0;
        int refused = 0;
        for (int i = 0; i < MESSAGES; i++) {
            Fixture fixture = fixtures.get(i % fixtures.size());
            String name = fixture.name() + ", seed " + (SEED + i);
            FeedRequest whole = fixture.request();
            FeedRequest request = new FeedRequest(
                    whole.method(), whole.path(), whole.headers(), new JsonMutations(SEED + i).of(whole.body()));
            FhirMapper mapper = FhirFeeds.named(fixture.expected().path("feed").asText());
            Remembered remembered = Remembered.of(fixture.expected().path("remembered"));
            assertThatCode(() -> mapper.map(mapper.read(request), remembered, fixture.receivedAt()))
                    .as(name)
                    .doesNotThrowAnyException();
            FhirResult result = mapper.map(mapper.read(request), remembered, fixture.receivedAt());
            check(result, fixture, name);
            published += result.versions().size();
            refused += result.response().positive() ? 0 : 1;
        }
        assertThat(published).as("mutations that leave a message whole").isGreaterThan(MESSAGES / 20);
        assertThat(refused).as("mutations that break a message").isGreaterThan(MESSAGES / 20);
    }

    private static void check(FhirResult result, Fixture fixture, String name) {
        for (MappedMessage message : result.messages()) {
            message.appointments()
                    .forEach(version -> assertThat(RecordLimits.exceeded(version, fixture.receivedAt()))
                            .as(name)
                            .isEmpty());
            Secrets.assertNoneIn(Outcomes.of(message).toString(), name);
        }
        assertThat(result.messages()).as(name).isNotEmpty();
        Secrets.assertNoneIn(result.response().toString(), name);
    }
}
