package org.knockon.streams.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.DelegationTokenAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;
import org.knockon.streams.codec.StateFormatException;

/** What the streams app says when it stops. The failures are built as Kafka's clients and Kafka Streams build them. */
class StopReasonTest {

    private static final String APPLICATION = "knockon.streams";
    private static final Path STATE = Path.of("state");
    private static final String DOCTOR =
            "; 'knockon doctor --for streams' (in a replay: --for replay) shows which rights are missing";

    @Test
    void namesTheTopicThatItMayNotWrite() {
        Throwable denied = new StreamsException(
                "Error encountered trying to send record to topic knockon.impact-counts [unknown]",
                new KafkaException(
                        "Cannot execute transactional method because we are in an error state",
                        new TopicAuthorizationException(Set.of("knockon.outages"))));

        assertThat(reason(denied)).isEqualTo("no right on topic knockon.outages" + DOCTOR);
    }

    @Test
    void namesSeveralTopicsInOrder() {
        Throwable denied = new TopicAuthorizationException(
                new LinkedHashSet<>(List.of("knockon.systems", "knockon.care-services")));

        assertThat(reason(denied)).isEqualTo("no right on topics knockon.care-services, knockon.systems" + DOCTOR);
    }

    /** The broker's answer to the creation of a topic does not repeat its name. */
    @Test
    void namesTheTopicThatItMayNotCreate() {
        String changelog = "knockon.streams-work-changelog";
        Throwable denied = new StreamsException(
                "Could not create topic " + changelog + ".", new TopicAuthorizationException("Authorization failed."));

        assertThat(reason(denied))
                .isEqualTo("no right on a topic (Could not create topic " + changelog + ". Authorization failed.)"
                        + DOCTOR);
    }

    @Test
    void namesTheGroup() {
        assertThat(reason(GroupAuthorizationException.forGroupId("another")))
                .isEqualTo("no right to Read on group another" + DOCTOR);
        assertThat(reason(new GroupAuthorizationException("Group authorization failed.")))
                .isEqualTo("no right to Read on group knockon.streams" + DOCTOR);
    }

    /** The exception does not have the id; all ids of the app begin with the same name. */
    @Test
    void namesTheTransactionalIds() {
        Throwable denied = new StreamsException(
                "Error encountered trying to initialize transactions [stream-thread 1]",
                new TransactionalIdAuthorizationException("Transactional Id authorization failed."));

        assertThat(reason(denied))
                .isEqualTo("no right to Write on transactional ids knockon.streams-*" + DOCTOR)
                .isEqualTo(reason(new KafkaException(denied)));
    }

    /** No role needs such a right, so the doctor does not check it. */
    @Test
    void namesTheCluster() {
        assertThat(reason(new ClusterAuthorizationException("Cluster authorization failed.\nmore")))
                .isEqualTo("no right on the cluster (Cluster authorization failed.); see docs/security.md#rights");
    }

    @Test
    void saysWhatItKnowsOfAnyOtherRight() {
        assertThat(reason(new DelegationTokenAuthorizationException("no token")))
                .isEqualTo("no right (no token)" + DOCTOR);
        assertThat(reason(new StreamsException(new AuthorizationException(null))))
                .isEqualTo("no right (" + AuthorizationException.class.getName() + ")" + DOCTOR);
    }

    @Test
    void saysHowToResetStateOfAnotherRelease() {
        assertThat(reason(new StreamsException("task 0_1", new StateFormatException("form 9"))))
                .startsWith("the state of application knockon.streams was written by another release or is damaged:"
                        + " form 9. Reset the application:")
                .contains("delete the folder " + STATE.resolve(APPLICATION) + ",");
    }

    @Test
    void keepsTheFailureAsTheCause() {
        Throwable denied = new TopicAuthorizationException(Set.of("knockon.outages"));

        assertThat(StopReason.of(denied, APPLICATION, STATE)).hasCause(denied);
    }

    @Test
    void doesNotChangeAnyOtherFailure() {
        Throwable other = new StreamsException("disk", new IllegalStateException("full"));

        assertThat(StopReason.of(other, APPLICATION, STATE)).isSameAs(other);
    }

    private static String reason(Throwable failure) {
        return StopReason.of(failure, APPLICATION, STATE).getMessage();
    }
}
