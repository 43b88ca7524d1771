package org.knockon.impact.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.knockon.impact.Day.at;
import static org.knockon.impact.model.SystemStatus.DEGRADED;
import static org.knockon.impact.model.SystemStatus.DOWN;
import static org.knockon.impact.model.SystemStatus.MAINTENANCE;
import static org.knockon.impact.model.SystemStatus.UP;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.SystemStatus;

/** Detection continues from its stored state as if it had not been interrupted. */
class DetectionStateTest {

    private static final MonitoringPolicy POLICY = WatchedSystem.policy(5, 10, 20);

    /** The state after all steps and three more monitors, in form 1. */
    private static final String STORED =
            "01000001821659cc4000000004000000016204000001821659cc40000000016303000001821659cc"
                    + "40000000016402000001821659cc40000000016501000001821659cc4001000001821658e1e00280"
                    + "00000000000000060000000182160eb98009000001821604a76002";

    private static final List<Step> STEPS = List.of(
            new Step("10:00", "a", UP),
            new Step("10:03", "b", MAINTENANCE),
            new Step("10:12", "a", MAINTENANCE),
            new Step("10:20", "b", DOWN),
            new Step("10:25", "a", UP),
            new Step("10:26", "b", UP),
            new Step("10:33", "a", DEGRADED),
            new Step("10:44", "a", DEGRADED),
            new Step("11:20", "b", UP),
            new Step("11:21", "a", DOWN),
            new Step("11:40", "b", UP),
            new Step("11:55", "b", UP),
            new Step("12:05", "b", DOWN),
            new Step("12:06", "b", DOWN));

    @Test
    void readsBackWhatItWroteAfterEveryObservation() throws IOException {
        List<Outage> expected = new ArrayList<>();
        List<Outage> outages = new ArrayList<>();
        Detection whole = new Detection("epr", POLICY);
        Detection interrupted = new Detection("epr", POLICY);
        for (Step step : STEPS) {
            whole.observe(step.monitor, step.status, at(step.time), expected::add);
            interrupted.observe(step.monitor, step.status, at(step.time), outages::add);
            interrupted = writtenAndRead(interrupted);
            assertSameJudgements(step, interrupted, whole);
        }
        assertThat(expected).as("enough outages to make the test meaningful").hasSizeGreaterThanOrEqualTo(2);
        assertThat(outages).isEqualTo(expected);
    }

    @Test
    void readsBackAnEmptyState() throws IOException {
        Detection read = writtenAndRead(new Detection("epr", POLICY));

        assertThat(read.newest()).isEqualTo(Long.MIN_VALUE);
        assertThat(read.judgedAt(at("10:00")).outages()).isEmpty();
    }

    @Test
    void copyJudgesLikeItsOriginalAfterEveryObservation() {
        Detection whole = new Detection("epr", POLICY);
        for (Step step : STEPS) {
            whole.observe(step.monitor, step.status, at(step.time), outage -> {});
            assertSameJudgements(step, whole.copy(), whole);
        }
    }

    @Test
    void copyDoesNotChangeWithItsOriginal() {
        WatchedSystem system = WatchedSystem.under(POLICY).sees("10:00", UP);
        Detection copy = system.detection.copy();

        system.sees("10:05", DOWN);

        assertThat(copy.newest()).isEqualTo(at("10:00"));
        assertThat(copy.judgedAt(at("10:15")).outages()).isEmpty();
        assertThat(system.intervalsAt("10:15")).containsExactly("10:05-");
    }

    /**
     * If this fails, a new version cannot read stored state: keep the form, or give it a new version that refuses the
     * old one.
     */
    @Test
    void storedFormDoesNotChange() throws IOException {
        Detection detection = new Detection("epr", POLICY);
        for (Step step : STEPS) {
            detection.observe(step.monitor, step.status, at(step.time), outage -> {});
        }
        detection.observe("c", MAINTENANCE, at("12:06"), outage -> {});
        detection.observe("d", DEGRADED, at("12:06"), outage -> {});
        detection.observe("e", UP, at("12:06"), outage -> {});

        assertThat(HexFormat.of().formatHex(written(detection))).isEqualTo(STORED);
    }

    @Test
    void refusesAnUnknownFormAndAnUnknownStatus() {
        byte[] bytes = HexFormat.of().parseHex(STORED);
        byte[] otherForm = bytes.clone();
        otherForm[0] = 2;
        byte[] otherStatus = bytes.clone();
        otherStatus[1 + Long.BYTES + 2 * Integer.BYTES + 1] = 9;

        assertThatThrownBy(() -> read(otherForm))
                .isInstanceOf(IOException.class)
                .hasMessage("the stored detection state of epr has form 2, not 1");
        assertThatThrownBy(() -> read(otherStatus))
                .isInstanceOf(IOException.class)
                .hasMessage("unknown tag of a system status in stored state: 9");
    }

    private static void assertSameJudgements(Step after, Detection actual, Detection expected) {
        for (int minutes : new int[] {0, 4, 5, 9, 10, 15, 20, 21, 60}) {
            long now = at(after.time) + minutes * 60_000L;
            assertThat(actual.judgedAt(now))
                    .as("%d minutes after %s", minutes, after)
                    .isEqualTo(expected.judgedAt(now));
        }
        assertThat(actual.newest()).isEqualTo(expected.newest());
        assertThat(actual.earliestUnsettled()).isEqualTo(expected.earliestUnsettled());
    }

    private static Detection writtenAndRead(Detection detection) throws IOException {
        return read(written(detection));
    }

    private static byte[] written(Detection detection) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        detection.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static Detection read(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        Detection read = Detection.read("epr", POLICY, Detection.MOST_MONITORS, in);
        assertThat(in.available()).as("bytes left over").isZero();
        return read;
    }

    private record Step(String time, String monitor, SystemStatus status) {}
}
