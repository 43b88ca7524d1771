package org.knockon.feeds.cloudevents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.knockon.feeds.fixture.Fixture;
import org.knockon.feeds.fixture.Remembered;
import org.knockon.feeds.fixture.Secrets;
import org.knockon.feeds.message.FeedRequest;
import org.knockon.feeds.message.RecordLimits;
import org.knockon.samples.JsonMutations;

/** Whatever is sent, the feed refuses it or makes records that the topics accept. */
class CloudEventFuzzTest {

    private static final int MESSAGES = Boolean.getBoolean("knockon.long") ? 300_000 : 10_000;
    private static final long SEED = 20_260_310;

    @Test
    void mutatedMessagesAreMappedOrRefused() {
        CloudEventMapper mapper = new CloudEventMapper(new CloudEventFeedSettings("ce", "ce"));
        List<Fixture> fixtures = Fixture.all("cloudevents");
        int refused = 0;
        for (int i = 0; i < MESSAGES; i++) {
            Fixture fixture = fixtures.get(i % fixtures.size());
            String name = fixture.name() + ", seed " + (SEED + i);
            FeedRequest whole = fixture.request();
            FeedRequest request = new FeedRequest(
                    whole.method(), whole.path(), whole.headers(), new JsonMutations(SEED + i).of(whole.body()));
            CloudEventResult result;
            try {
                result = mapper.map(
                        request,
                        Remembered.of(fixture.expected().path("remembered")),
                        event -> false,
                        fixture.receivedAt());
            } catch (RuntimeException e) {
                throw new AssertionError(name, e);
            }
            result.messages().forEach(message -> {
                message.observations()
                        .forEach(observation -> assertThat(RecordLimits.exceeded(observation, fixture.receivedAt()))
                                .as(name)
                                .isEmpty());
                message.appointments()
                        .forEach(version -> assertThat(RecordLimits.exceeded(version, fixture.receivedAt()))
                                .as(name)
                                .isEmpty());
            });
            Secrets.assertNoneIn(result.response().toString(), name);
            refused += result.response().positive() ? 0 : 1;
        }
        assertThat(refused).isBetween(MESSAGES / 20, MESSAGES - MESSAGES / 20);
    }
}
