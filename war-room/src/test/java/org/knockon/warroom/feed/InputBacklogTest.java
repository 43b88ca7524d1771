package org.knockon.warroom.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.knockon.schemas.PartitionProgress;
import org.knockon.warroom.feed.PipelineStatus.State;

class InputBacklogTest {

    /** Any value: {@link System#nanoTime} may be negative. */
    private static final long START = -5_000_000_000L;

    private final InputBacklog backlog = new InputBacklog(START);

    @Test
    void isUnknownUntilAReportArrivesOrShouldHave() {
        backlog.onStored(report("appointments", 0, 10, 10));

        assertThat(status(0).state()).isEqualTo(State.UNKNOWN);
        assertThat(status(14).state()).isEqualTo(State.UNKNOWN);
        assertThat(status(16).state()).isEqualTo(State.STOPPED);
    }

    @Test
    void aPipelineThatHasNeverReportedHasStopped() {
        assertThat(status(16)).isEqualTo(new PipelineStatus(State.STOPPED, 0));
    }

    @Test
    void isRunningWhileReportsArrive() {
        for (long second = 1; second < 60; second += 2) {
            backlog.onReport(report("appointments", 0, second, second), at(second));

            assertThat(status(second + 1)).isEqualTo(new PipelineStatus(State.RUNNING, 0));
        }
    }

    @Test
    void hasStoppedOnceNoReportHasArrivedFor15Seconds() {
        backlog.onReport(report("appointments", 0, 5, 5), at(100));

        assertThat(status(106)).isEqualTo(new PipelineStatus(State.RUNNING, 0));
        assertThat(status(108)).as("the numbers may be this old").isEqualTo(new PipelineStatus(State.RUNNING, 8));
        assertThat(status(114).state()).isEqualTo(State.RUNNING);
        assertThat(status(115)).isEqualTo(new PipelineStatus(State.STOPPED, 15));
    }

    @Test
    void keepsABoundedNumberOfEndsHoweverLongAPartitionIsBehind() {
        long reports = 3L * InputBacklog.MAX_ENDS;
        for (long n = 1; n <= reports; n++) {
            backlog.onReport(report("appointments", 0, 0, n), at(n * 2));
        }

        assertThat(backlog.ends()).isEqualTo(InputBacklog.MAX_ENDS);
        assertThat(status(reports * 2).behindSeconds()).isEqualTo(reports * 2 - 2);
        backlog.onReport(report("appointments", 0, reports, reports), at(reports * 2 + 2));
        assertThat(status(reports * 2 + 2)).isEqualTo(new PipelineStatus(State.RUNNING, 0));
    }

    /** Without a broker no report can arrive, and nothing follows from its absence. */
    @Test
    void isUnknownWhileTheBrokerDoesNotRespondEither() {
        backlog.onReport(report("appointments", 0, 5, 5), at(100));

        assertThat(backlog.status(at(200), at(101)).state()).isEqualTo(State.UNKNOWN);
        assertThat(backlog.status(at(200), at(114)).state()).isEqualTo(State.UNKNOWN);
        assertThat(backlog.status(at(200), at(115)).state()).isEqualTo(State.STOPPED);
    }

    @Test
    void isRebalancingWhileSomePartitionsAreNotRead() {
        backlog.onReport(report("appointments", 0, 5, 5), at(100));
        backlog.onReport(report("appointments", 1, 5, 5), at(100));
        backlog.onReport(report("appointments", 1, 5, 5), at(115));

        assertThat(status(116)).isEqualTo(new PipelineStatus(State.REBALANCING, 16));
    }

    /** One from before the start that nobody reads any more. */
    @Test
    void isRebalancingWhileAKnownPartitionIsNotReported() {
        backlog.onStored(report("appointments", 1, 5, 5));
        backlog.onReport(report("appointments", 0, 5, 5), at(2));
        assertThat(status(3).state()).as("its report may be about to come").isEqualTo(State.RUNNING);

        backlog.onReport(report("appointments", 0, 5, 5), at(16));
        assertThat(status(16).state()).isEqualTo(State.REBALANCING);
    }

    @Test
    void isBehindByTheAgeOfTheOldestUnprocessedRecord() {
        backlog.onReport(report("appointments", 0, 0, 10), at(100));
        backlog.onReport(report("appointments", 0, 0, 20), at(102));
        assertThat(status(103)).isEqualTo(new PipelineStatus(State.RUNNING, 3));

        backlog.onReport(report("appointments", 0, 10, 30), at(104));
        assertThat(status(105)).as("20 was first seen at 102").isEqualTo(new PipelineStatus(State.RUNNING, 3));

        backlog.onReport(report("appointments", 0, 30, 30), at(106));
        assertThat(status(107)).isEqualTo(new PipelineStatus(State.RUNNING, 0));
    }

    @Test
    void isBehindByTheSlowestPartition() {
        backlog.onReport(report("system-health", 0, 0, 10), at(100));
        backlog.onReport(report("appointments", 0, 0, 10), at(103));
        backlog.onReport(report("appointments", 0, 10, 10), at(104));

        assertThat(status(105).behindSeconds()).isEqualTo(5);
    }

    /** Nobody knows when the records came that the first report after a pause shows. */
    @Test
    void afterAPauseTheBacklogIsAsOldAsTheReportBefore() {
        backlog.onReport(report("appointments", 0, 10, 10), at(100));
        backlog.onReport(report("appointments", 0, 10, 500), at(160));

        assertThat(status(161)).isEqualTo(new PipelineStatus(State.RUNNING, 61));
    }

    @Test
    void aTopicThatWasCreatedAgainIsNotBehindForGood() {
        backlog.onReport(report("appointments", 0, 900, 1_000), at(100));
        backlog.onReport(report("appointments", 0, 2, 2), at(102));

        assertThat(status(103)).isEqualTo(new PipelineStatus(State.RUNNING, 0));
    }

    private PipelineStatus status(long second) {
        return backlog.status(at(second), at(second));
    }

    private static long at(long second) {
        return START + Duration.ofSeconds(second).toNanos();
    }

    private static PartitionProgress report(String topic, int partition, long position, long end) {
        return new PartitionProgress(topic, partition, position, end, null, 0);
    }
}
