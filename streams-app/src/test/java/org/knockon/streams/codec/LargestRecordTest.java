package org.knockon.streams.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;
import org.knockon.impact.assessment.AppointmentHistory;
import org.knockon.impact.assessment.Replacement;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.Capability;
import org.knockon.impact.model.CappedList;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.ChangeReason;
import org.knockon.impact.model.Impact;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.impact.model.ImpactState;
import org.knockon.impact.model.Priority;
import org.knockon.impact.model.Rules;

/** The state of one key never exceeds the size of a record that a broker accepts, whatever valid records arrive. */
class LargestRecordTest {

    private static final int LONGEST_ID = 256;
    private static final int LIMIT = 512_000;

    @Test
    void theStateOfOneAppointmentFits() {
        AppointmentHistory history = AppointmentHistory.EMPTY;
        for (int i = 0; i < Rules.VERSIONS_KEPT + 1; i++) {
            history = history.with(version(i));
        }
        AppointmentState worst = new AppointmentState(history, replacement(), impact(), id("specialty", 0));

        byte[] bytes = bytes(InternalSerdes.APPOINTMENT_STATE, worst);

        assertThat(history.versions()).hasSize(Rules.VERSIONS_KEPT);
        assertThat(worst.impact().outageIds()).hasSizeGreaterThan(700);
        assertThat(bytes).hasSizeGreaterThan(450_000).hasSizeLessThan(LIMIT);
        assertThat(InternalSerdes.APPOINTMENT_STATE.deserializer().deserialize("topic", bytes))
                .isEqualTo(worst);
    }

    @Test
    void allOtherStateOfAnAppointmentIsSmall() {
        byte[] indexKey = new byte[2 * LONGEST_ID + 10];
        WorkItem item =
                new WorkItem(WorkItem.Purpose.EXPIRE, id("service", 0), Long.MIN_VALUE, Long.MAX_VALUE, true, indexKey);
        long most = Long.MAX_VALUE;

        assertThat(bytes(InternalSerdes.WORK_ITEM, item)).hasSizeLessThan(1_000);
        assertThat(bytes(InternalSerdes.REPLACEMENT, replacement())).hasSizeLessThan(300);
        assertThat(bytes(InternalSerdes.COUNTS, new ImpactCounts(most, most, most, most, most, most, most, most)))
                .hasSizeLessThan(100);
    }

    private static <T> byte[] bytes(Serde<T> serde, T value) {
        return serde.serializer().serialize("topic", value);
    }

    /** The longest possible version, which shares nothing with the previous one. */
    private static AppointmentVersion version(int number) {
        boolean even = number % 2 == 0;
        return new AppointmentVersion(
                id("appointment", 0),
                Long.MIN_VALUE / 2 + number * (Long.MAX_VALUE / Rules.VERSIONS_KEPT - 1),
                AppointmentStatus.CANCELLED,
                ChangeReason.IT_OUTAGE,
                id("service", number),
                even ? Long.MAX_VALUE / 4 : Long.MIN_VALUE / 4,
                even ? Long.MAX_VALUE / 3 : Long.MIN_VALUE / 3,
                Priority.ROUTINE,
                null,
                id("replaces", number),
                even ? Long.MAX_VALUE / 4 : Long.MIN_VALUE / 4,
                null);
    }

    private static Replacement replacement() {
        return new Replacement(
                id("replacement", 0),
                AppointmentStatus.CANCELLED,
                ChangeReason.IT_OUTAGE,
                Long.MIN_VALUE,
                Long.MAX_VALUE);
    }

    private static Impact impact() {
        CappedList outages = CappedList.of(outageIds(256));
        CappedList rootCauses = CappedList.of(outageIds(175)); // a thousand just fit
        assertThat(rootCauses.first()).hasSize(1_000);
        return new Impact(
                ImpactState.RECOVERED,
                id("service", 0),
                id("organisation", 0),
                id("site", 0),
                Category.OUTPATIENT,
                Priority.ROUTINE,
                Long.MIN_VALUE,
                outages.first(),
                Integer.MAX_VALUE,
                rootCauses.first(),
                Integer.MAX_VALUE,
                List.of(Capability.values()),
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                Long.MAX_VALUE,
                Rules.VERSIONS_KEPT,
                true);
    }

    private static List<String> outageIds(int longestSystemId) {
        List<String> ids = new ArrayList<>();
        IntStream.range(0, 2_000)
                .forEach(i ->
                        ids.add(id("system", i).substring(LONGEST_ID - longestSystemId) + "@2022-07-19T12:00:00.000Z"));
        return ids;
    }

    private static String id(String what, int number) {
        String id = what + "-".repeat(LONGEST_ID - what.length() - 6) + (100_000 + number);
        assertThat(id.getBytes(StandardCharsets.UTF_8)).hasSize(LONGEST_ID);
        return id;
    }
}
