package org.knockon.benchmarks.feeds;

import java.nio.file.Path;
import org.knockon.benchmarks.harness.Percentiles;
import org.knockon.benchmarks.harness.Results;
import org.knockon.benchmarks.harness.Testbed;

/** How long senders of HL7 wait for an answer at a steady rate. */
final class AnswersPart {

    private static final String PREFIX = "answers.";
    private static final double GOAL_P99 = 50;
    private static final double GOAL_MOST = 250;

    private AnswersPart() {}

    static void measure(Testbed testbed, Path file, FeedsOptions options, Results results) throws Exception {
        results.setting("messages a second", OpenLoop.RATE);
        results.setting("connections", OpenLoop.CONNECTIONS);
        results.setting(
                "seconds of warm-up at full speed, and measured",
                options.feedWarmUp() + ", " + options.answerSeconds());
        testbed.createTopics(PREFIX);
        try (FeedProcess feeds = FeedProcess.feeds(testbed, PREFIX, file)) {
            ClosedLoop.run(feeds, MessageKind.HL7, 1, 0, options.feedWarmUp());
            OpenLoop senders = new OpenLoop(feeds).start();
            Thread.sleep(OpenLoop.SETTLE);
            FeedsOptions.progress("answers: measuring for " + options.answerSeconds() + " s");
            double cpu = feeds.cpuSeconds();
            senders.measure();
            Thread.sleep(options.answerSeconds() * 1_000L);
            OpenLoop.Answers answers = senders.measured();
            cpu = feeds.cpuSeconds() - cpu;
            senders.end();
            Percentiles millis = Percentiles.of(answers.millis());
            results.figure("HL7, last byte in to first byte of the answer: ms", millis);
            results.figure("HL7, sent more than 10 ms late: messages", answers.late());
            results.figure("CPU of the feeds: of one core", Math.round(100 * cpu / options.answerSeconds()) / 100.0);
            FeedsOptions.atMost(results, "answer, p99 in ms,", millis.p99(), GOAL_P99);
            FeedsOptions.atMost(results, "answer, longest in ms,", millis.max(), GOAL_MOST);
        }
    }
}
