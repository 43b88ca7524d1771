package org.knockon.streams;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.impact.model.Rules;
import org.knockon.oracle.BatchOracle;
import org.knockon.oracle.worlds.RandomWorld;
import org.knockon.oracle.worlds.WorldEvent;
import org.knockon.sandbox.Sandbox;
import org.knockon.streams.app.KnockonStreams;
import org.slf4j.LoggerFactory;

/** An app that is closed under load continues later from the same point without repairing any store. */
@ExtendWith(SharedSandbox.class)
@Timeout(300)
class CloseUnderLoadIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final boolean LONG = Boolean.getBoolean("knockon.long");

    /** With {@code ./verify --long}, more than the 30 s that an earlier version allowed for closing. */
    private static final Duration SLOW = Duration.ofSeconds(LONG ? 33 : 3);

    private static final int WORLDS = LONG ? 25 : 6;

    @TempDir
    Path folder;

    /**
     * Before it closes, Kafka Streams processes all records that it has fetched. On a slow machine that takes long;
     * here the process is suspended for a while instead.
     */
    @Test
    void closesCleanlyHoweverLongItsWorkTakes(Sandbox sandbox) throws Exception {
        List<WorldEvent> events = ManyWorlds.inOrder(8_800, WORLDS);
        Map<String, Object> muchAtOnce = Map.of("buffered.records.per.partition", 100_000, "max.poll.records", 100_000);
        try (RealPipeline pipeline = new RealPipeline(sandbox, folder.resolve("state"), 4, muchAtOnce)) {
            events.forEach(pipeline::send);
            pipeline.flush();
            Path log = Files.createFile(folder.resolve("app.log"));
            Process app = StreamsAppProcess.start(
                    List.of("-Dclose.after=" + events.size() / 10),
                    pipeline.client(),
                    pipeline.settingsAsText(Map.of()),
                    log);
            try {
                while (!Files.readString(log).contains("closing after ")) {
                    assertThat(app.isAlive()).as(Files.readString(log)).isTrue();
                    Thread.sleep(20);
                }
                signal("STOP", app.pid());
                Thread.sleep(SLOW.toMillis());
                signal("CONT", app.pid());
                assertThat(app.waitFor(120, TimeUnit.SECONDS)).isTrue();
                assertThat(app.exitValue()).isZero();
            } finally {
                app.destroyForcibly();
            }

            List<String> warnings = warningsOf(() -> {
                try (KnockonStreams next = KnockonStreams.start(pipeline.settings(Map.of()))) {
                    assertThat(next.awaitIdle(PATIENCE)).isTrue();
                }
            });
            String printed = Files.readString(log);
            assertThat(printed).contains("closed in state NOT_RUNNING");
            assertThat(Long.parseLong(printed.replaceFirst("(?s).*closing after (\\d+) records.*", "$1")))
                    .as("processed before it was closed, so that some was left")
                    .isLessThan(events.size());
            assertThat(warnings).noneMatch(line -> line.contains("orrupt"));
            assertThat(pipeline.compareWith(BatchOracle.judge(RandomWorld.inputs(events), Rules.DEFAULT))
                            .matches())
                    .isTrue();
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    /** What Kafka Streams logs meanwhile at WARN and above. */
    private static List<String> warningsOf(Work work) throws Exception {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger streams = (Logger) LoggerFactory.getLogger("org.apache.kafka.streams");
        streams.setLevel(Level.WARN);
        streams.setAdditive(false);
        streams.addAppender(log);
        log.start();
        try {
            work.run();
        } finally {
            streams.detachAppender(log);
            streams.setAdditive(true);
            streams.setLevel(null);
        }
        return log.list.stream()
                .map(event -> event.getFormattedMessage()
                        + (event.getThrowableProxy() == null
                                ? ""
                                : " " + event.getThrowableProxy().getClassName()))
                .toList();
    }

    private static void signal(String name, long pid) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
    }
}
