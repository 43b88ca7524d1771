package org.knockon.benchmarks.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.knockon.samples.Samples;

/**
 * Every fixture with secrets planted, and fixtures changed at random, sent to a running ingest with a real broker. The long
 * run is {@code ./bench fuzz}.
 */
class FuzzIT {

    private static final long INPUTS = 1_500;
    private static final long SEED = 20_260_302;

    @Test
    @Timeout(300)
    void hostileMessagesBreakNothingLoseNothingAndLeakNothing() throws Exception {
        FuzzRun run = new FuzzRun(Path.of("..").resolve(Samples.FOLDER), INPUTS, SEED, System.err);

        assertThat(run.run()).as("seed " + SEED).isEmpty();
    }
}
