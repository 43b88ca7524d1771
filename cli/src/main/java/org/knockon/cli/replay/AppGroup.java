package org.knockon.cli.replay;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.knockon.cli.console.Background;
import org.knockon.cli.console.CommandFailure;
import org.knockon.cli.console.ExitCodes;
import org.knockon.cli.console.Figures;

/** The consumer group of the streams app that is to read the topics of a run. */
final class AppGroup {

    private static final Duration CHECK_EVERY = Duration.ofMillis(500);
    private static final Duration LINE_EVERY = Duration.ofSeconds(15);

    private final Admin admin;
    private final String group;
    private final String topicPrefix;

    AppGroup(Admin admin, RunSettings run) {
        this.admin = admin;
        group = run.applicationId();
        topicPrefix = run.topicPrefix();
    }

    /**
     * Returns once the group reads the topics.
     *
     * @param progress receives a line every few seconds
     * @throws CommandFailure with {@link ExitCodes#UNAVAILABLE} after {@code atMost}
     */
    void await(Duration atMost, Consumer<String> progress) {
        long startedAt = System.nanoTime();
        long lineAt = startedAt - LINE_EVERY.toNanos();
        while (true) {
            Optional<String> problem = problem();
            if (problem.isEmpty()) {
                return;
            }
            long now = System.nanoTime();
            if (now - startedAt >= atMost.toNanos()) {
                throw new CommandFailure(
                        ExitCodes.UNAVAILABLE,
                        "no app reads " + topicPrefix + "* after " + Figures.wholeSpan(atMost) + ": group " + group
                                + " "
                                + problem.get()
                                + "; nothing was published. Start 'knockon stream' with the settings above, or wait"
                                + " longer with --wait");
            }
            if (now - lineAt >= LINE_EVERY.toNanos()) {
                lineAt = now;
                progress.accept(
                        "waiting for an app that reads " + topicPrefix + "*: group " + group + " " + problem.get());
            }
            pause();
        }
    }

    /** Why the group does not read the topics; empty if it does. */
    private Optional<String> problem() {
        try {
            Optional<GroupListing> listed = admin.listGroups().valid().get().stream()
                    .filter(one -> one.groupId().equals(group))
                    .findAny();
            GroupState state = listed.flatMap(GroupListing::groupState).orElse(GroupState.UNKNOWN);
            if (listed.isEmpty() || state == GroupState.DEAD) {
                return Optional.of("does not exist");
            }
            if (state == GroupState.EMPTY) {
                return Optional.of("has no members");
            }
            if (state != GroupState.STABLE) {
                return Optional.of("is rebalancing");
            }
            boolean reads = listed.get().type().equals(Optional.of(GroupType.STREAMS)) || isAssignedTopics();
            return reads ? Optional.empty() : Optional.of("reads other topics");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException || e.getCause() instanceof RetriableException) {
                return Optional.of("is unknown to the broker: " + e.getCause().getMessage());
            }
            throw Background.unchecked(e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private boolean isAssignedTopics() throws ExecutionException, InterruptedException {
        return admin.describeConsumerGroups(List.of(group)).describedGroups().get(group).get().members().stream()
                .flatMap(member -> member.assignment().topicPartitions().stream())
                .anyMatch(partition -> partition.topic().startsWith(topicPrefix));
    }

    private static void pause() {
        try {
            Thread.sleep(CHECK_EVERY.toMillis());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
