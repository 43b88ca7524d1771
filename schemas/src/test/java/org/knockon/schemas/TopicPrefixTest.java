package org.knockon.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicPrefixTest {

    @ParameterizedTest
    @CsvSource({
        "knockon.replay.july-7., knockon., july-7",
        "knockon.replay.july-7, knockon., july-7",
        "replay.x., '', x",
        "knockon.replay.replay., knockon., replay",
        "knockon.replay.myreplay., knockon., myreplay",
        "org.replay.team.replay.run1., org.replay.team., run1",
        "acme.replay.a.b., acme., a.b",
    })
    void anExerciseHasARunAndALivePrefixBesideIt(String prefix, String live, String run) {
        TopicPrefix exercise = new TopicPrefix(prefix);

        assertThat(exercise.isExercise()).isTrue();
        assertThat(exercise.run()).contains(run);
        assertThat(exercise.live()).contains(new TopicPrefix(live));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "knockon.", "noreplay.", "myreplay.x.", "knockon.replay.", "replay.", "replays.x."})
    void otherPrefixesAreLive(String prefix) {
        TopicPrefix live = new TopicPrefix(prefix);

        assertThat(live.isExercise()).isFalse();
        assertThat(live.run()).isEmpty();
        assertThat(live.live()).isEmpty();
    }

    @Test
    void namesTheExerciseOfARun() {
        TopicPrefix live = new TopicPrefix(Topics.DEFAULT_PREFIX);

        assertThat(live.replay("july-7")).hasToString("knockon.replay.july-7.");
        assertThat(live.replay("july-7").run()).contains("july-7");
        assertThat(live.replay("july-7").live()).contains(live);
        assertThat(new TopicPrefix("").replay("x").isExercise()).isTrue();
    }

    @Test
    void isReadFromTheNameOfATopic() {
        assertThat(TopicPrefix.of(Topics.SYSTEM_HEALTH, "replay.x.system-health")
                        .isExercise())
                .isTrue();
        assertThat(TopicPrefix.of(Topics.SYSTEM_HEALTH, "knockon.system-health"))
                .isEqualTo(new TopicPrefix("knockon."));
        assertThatThrownBy(() -> TopicPrefix.of(Topics.OUTAGES, "knockon.systems"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("knockon.systems is not a name of the topic outages");
    }
}
