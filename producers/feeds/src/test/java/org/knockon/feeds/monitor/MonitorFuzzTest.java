package org.knockon.feeds.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.knockon.feeds.fixture.Fixture;
import org.knockon.feeds.fixture.Outcomes;
import org.knockon.feeds.fixture.Secrets;
import org.knockon.feeds.message.RecordLimits;
import org.knockon.samples.JsonMutations;

/** Whatever is sent, the feed refuses it or makes records that the topic accepts, and no free text comes out. */
class MonitorFuzzTest {

    private static final int MESSAGES = Boolean.getBoolean("knockon.long") ? 300_000 : 10_000;
    private static final long SEED = 20_260_310;

    @Test
    void mutatedMessagesAreMappedOrRefused() {
        List<Fixture> fixtures = Fixture.all("monitor");
        int published = 0;
        int refused = 0;
        MonitorState state = MonitorState.EMPTY;
        for (int i = 0; i < MESSAGES; i++) {
            Fixture fixture = fixtures.get(i % fixtures.size());
            String name = fixture.name() + ", seed " + (SEED + i);
            byte[] body = new JsonMutations(SEED + i).of(fixture.body());
            MonitorResult result;
            try {
                result = MonitorFeeds.map(
                        fixture.expected().path("feed").asText(),
                        fixture.expected(),
                        body,
                        state,
                        new MonitorContext(fixture.receivedAt() + i, 0, id -> true));
            } catch (RuntimeException e) {
                throw new AssertionError(name, e);
            }
            // What one message leaves behind is the ground of the next; now and then a new feed begins.
            state = i % 500 == 0 ? MonitorState.EMPTY : result.state();
            long receivedAt = fixture.receivedAt() + i;
            result.message()
                    .observations()
                    .forEach(observation -> assertThat(RecordLimits.exceeded(observation, receivedAt))
                            .as(name)
                            .isEmpty());
            Secrets.assertNoneIn(Outcomes.of(result.message()).toString() + result.response() + result.sources(), name);
            published += result.message().observations().size();
            refused += result.message().refusal().isPresent() ? 1 : 0;
        }
        assertThat(published).as("mutations that leave a message whole").isGreaterThan(MESSAGES / 20);
        assertThat(refused).as("mutations that break a message").isGreaterThan(MESSAGES / 20);
    }
}
