package org.knockon.streams.outage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.knockon.streams.HeapStores.content;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.SystemStatus;

/** A refold of many observations, one per turn, and what happens between two turns. */
class RefoldTest {

    private static final long NOON = 1_658_228_400_000L;
    private static final long MINUTE = 60_000L;
    private static final int SIZE = 600;

    private static final MonitoringPolicy PATIENT = new MonitoringPolicy(30 * MINUTE, 30 * MINUTE, 60 * MINUTE);
    private static final MonitoringPolicy HASTY = new MonitoringPolicy(MINUTE, MINUTE, 25 * MINUTE);
    private static final MonitoringPolicy THIRD = new MonitoringPolicy(0, 45 * MINUTE, 90 * MINUTE);

    private final Random random = new Random(1);
    private final DetectorHarness detector = new DetectorHarness(0, 2);
    private Map<String, Outage> underPatience;

    /** About four days, by three monitors. */
    @BeforeEach
    void setUp() {
        detector.put(DetectorHarness.system("pas", PATIENT));
        detector.put(DetectorHarness.system("lis", PATIENT));
        for (int i = 0; i < SIZE; i++) {
            see(time(i), random.nextInt(3) == 0 ? SystemStatus.DOWN : SystemStatus.UP);
        }
        detector.settle();
        underPatience = Map.copyOf(detector.announced);
        assertThat(underPatience)
                .as("enough outages for the test to prove something")
                .hasSizeGreaterThan(5)
                .isEqualTo(detector.expected());
    }

    private static long time(int number) {
        return NOON + number * 10L * MINUTE;
    }

    private void see(long at, SystemStatus status) {
        detector.observe(new Observation("pas", status, at, "m" + random.nextInt(3), null));
    }

    private void setPolicy(MonitoringPolicy policy) {
        detector.put(DetectorHarness.system("pas", policy));
    }

    @Test
    void aChangeOfPolicyTakesManyTurnsAndIsAnnouncedAtTheEnd() {
        setPolicy(HASTY);
        for (int i = 0; i < SIZE - 10; i++) {
            assertThat(detector.activity.pending()).isPositive();
            assertThat(detector.announced).isEqualTo(underPatience);
            detector.check();
        }
        assertThat(detector.settle()).as("turns left").isBetween(2, 20);
        assertThat(detector.announced).isEqualTo(detector.expected()).isNotEqualTo(underPatience);
    }

    @Test
    void aRestartStartsItAgain() {
        setPolicy(HASTY);
        checks(SIZE / 2);
        detector.restart();
        checks(SIZE - 10);
        assertThat(detector.announced).as("the first half was lost").isEqualTo(underPatience);
        detector.restart();
        assertThat(detector.settle()).isGreaterThan(SIZE - 10);

        assertThat(detector.announced).isEqualTo(detector.expected());
        assertThat(marks()).isZero();
        detector.restart();
        assertThat(detector.settle()).as("no work is left").isLessThan(5);
        assertThat(detector.announced).isEqualTo(detector.expected());
    }

    @Test
    void includesLateObservationsBehindAndAhead() {
        setPolicy(HASTY);
        checks(SIZE / 2);
        for (int number : new int[] {SIZE / 2 - 1, SIZE / 4, SIZE * 3 / 4, 1, SIZE - 2}) {
            see(time(number) + 1, SystemStatus.DOWN);
            see(time(number) + 2 * MINUTE, SystemStatus.UP);
            checks(7);
        }
        detector.settle();
        assertThat(detector.announced).isEqualTo(detector.expected());
    }

    @Test
    void lateObservationsSurviveARestartBeforeTheNextTurn() {
        see(time(SIZE / 2) + 1, SystemStatus.DOWN);
        checks(3);
        see(time(SIZE / 4) + 1, SystemStatus.DOWN);
        see(time(SIZE / 4) + 7 * MINUTE, SystemStatus.DOWN);
        detector.restart();
        checks(3);
        detector.restart();
        detector.settle();

        assertThat(detector.announced).isEqualTo(detector.expected());
    }

    /** Until it is done, the former policy keeps the announced outages up to date. */
    @Test
    void anOutageThatStartsMeanwhileIsAnnouncedAtOnce() {
        setPolicy(HASTY);
        checks(10);
        see(time(SIZE), SystemStatus.DOWN);
        see(time(SIZE + 1), SystemStatus.DOWN);
        see(time(SIZE + 2), SystemStatus.DOWN);
        see(time(SIZE + 6), SystemStatus.DOWN);

        assertThat(openOutages()).isEqualTo(1);
        assertThat(detector.activity.pending()).isPositive();
        detector.settle();
        assertThat(detector.announced).isEqualTo(detector.expected());
    }

    @Test
    void theClockAdvancesAndShowsSilenceMeanwhile() {
        see(time(SIZE), SystemStatus.UP);
        see(time(SIZE) + MINUTE, SystemStatus.UP);
        setPolicy(HASTY);
        checks(10);
        long later = time(SIZE) + 90 * MINUTE;
        detector.observe(new Observation("lis", SystemStatus.UP, later, "probe", null));
        checks(2);

        assertThat(detector.ticks).last().isEqualTo(later);
        assertThat(openOutages()).as("silence, by the former policy").isEqualTo(1);
        assertThat(detector.activity.pending()).isPositive();
        detector.settle();
        assertThat(detector.announced).isEqualTo(detector.expected());
    }

    @Test
    void thePolicyMayChangeAgainMeanwhile() {
        setPolicy(HASTY);
        checks(SIZE / 2);
        setPolicy(THIRD);
        checks(SIZE / 2);
        assertThat(detector.announced).isEqualTo(underPatience);
        detector.settle();
        assertThat(detector.announced).isEqualTo(detector.expected());
    }

    @Test
    void thePolicyMayChangeBackMeanwhile() {
        setPolicy(HASTY);
        checks(SIZE / 2);
        setPolicy(PATIENT);
        see(time(SIZE / 3) + MINUTE, SystemStatus.DOWN);
        detector.restart();
        detector.settle();
        assertThat(detector.announced).isEqualTo(detector.expected());
    }

    @Test
    void theSystemMayBeRemovedMeanwhileAndComeBack() {
        setPolicy(HASTY);
        checks(SIZE / 2);
        detector.remove("pas");
        assertThat(detector.announced).isEmpty();
        assertThat(marks()).isZero();
        detector.settle();
        detector.restart();
        detector.settle();
        assertThat(detector.announced).isEmpty();
        assertThat(content(detector.detected)).isEmpty();

        setPolicy(THIRD);
        assertThat(detector.activity.pending()).isPositive();
        detector.settle();
        assertThat(detector.announced).isEqualTo(detector.expected()).isNotEmpty();
    }

    /** A long refold does not delay other systems. */
    @Test
    void anotherSystemIsProcessedMeanwhile() {
        setPolicy(HASTY);
        checks(10);
        for (int i = 0; i < 10; i++) {
            detector.observe(new Observation("lis", SystemStatus.DOWN, time(i), "probe", null));
        }
        detector.observe(new Observation("lis", SystemStatus.UP, time(2) + 1, "probe", null));
        checks(40);

        Map<String, Outage> ofLis = new HashMap<>(detector.announced);
        ofLis.values().removeIf(outage -> outage.systemId().equals("pas"));
        Map<String, Outage> expected = detector.expected();
        expected.values().removeIf(outage -> outage.systemId().equals("pas"));
        assertThat(ofLis).isEqualTo(expected).isNotEmpty();
        assertThat(detector.activity.pending()).isPositive();
    }

    private void checks(int number) {
        for (int i = 0; i < number; i++) {
            detector.check();
        }
    }

    private long openOutages() {
        return detector.announced.values().stream().filter(Outage::open).count();
    }

    private int marks() {
        return new Checkpoints(detector.checkpoints, 2).marks().size();
    }
}
