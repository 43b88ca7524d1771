package org.knockon.streams.app;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.knockon.streams.codec.StateFormatException;

/** Why the streams app stops: where a person can do something about it, one line that says what. */
final class StopReason {

    /** It names the operation that is missing, which no exception does. */
    private static final String DOCTOR =
            "; 'knockon doctor --for streams' (in a replay: --for replay) shows which rights are missing";

    private StopReason() {}

    /**
     * Returns the failure itself, or one whose message says what to do and whose cause is the failure.
     *
     * @param stateDir the setting {@code state.dir}
     */
    static Throwable of(Throwable failure, String applicationId, Path stateDir) {
        return StateFormatException.in(failure)
                .map(format -> resetAdvice(format, applicationId, stateDir))
                .or(() -> missingRight(failure, applicationId))
                .<Throwable>map(message -> new IllegalStateException(message, failure))
                .orElse(failure);
    }

    /** State that is not of this release is never misread: the app stops and explains how to reset it. */
    private static String resetAdvice(StateFormatException format, String id, Path stateDir) {
        return "the state of application " + id + " was written by another release or is damaged: "
                + format.getMessage()
                + ". Reset the application: stop all its instances, delete the folder "
                + stateDir.resolve(id) + ", then reset the topics and positions of " + id
                + " as in docs/failures.md#reset-the-application";
    }

    /** Kafka Streams wraps a denial several times, and its own message often lacks it. */
    private static Optional<String> missingRight(Throwable failure, String applicationId) {
        Throwable wrapper = null;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof AuthorizationException denied) {
                return Optional.of(missingRight(denied, wrapper, applicationId));
            }
            wrapper = cause;
        }
        return Optional.empty();
    }

    private static String missingRight(AuthorizationException denied, Throwable wrapper, String applicationId) {
        if (denied instanceof TopicAuthorizationException topics) {
            Set<String> names = topics.unauthorizedTopics();
            return "no right on "
                    + switch (names.size()) {
                        case 0 -> "a topic (" + detail(denied, wrapper) + ")";
                        case 1 -> "topic " + names.iterator().next();
                        default -> "topics " + String.join(", ", new TreeSet<>(names));
                    }
                    + DOCTOR;
        }
        if (denied instanceof GroupAuthorizationException group) {
            return "no right to Read on group " + (group.groupId() == null ? applicationId : group.groupId()) + DOCTOR;
        }
        if (denied instanceof TransactionalIdAuthorizationException) {
            return "no right to Write on transactional ids " + applicationId + "-*" + DOCTOR;
        }
        if (denied instanceof ClusterAuthorizationException) {
            return "no right on the cluster (" + firstLine(denied) + "); see docs/security.md#rights";
        }
        return "no right (" + firstLine(denied) + ")" + DOCTOR;
    }

    private static String detail(Throwable denied, Throwable wrapper) {
        String own = firstLine(denied);
        String outer = wrapper == null ? "" : firstLine(wrapper);
        return outer.contains(own) ? outer : (outer + " " + own).strip();
    }

    private static String firstLine(Throwable failure) {
        return Optional.ofNullable(failure.getMessage())
                .flatMap(message -> message.lines().findFirst())
                .orElse(failure.getClass().getName());
    }
}
