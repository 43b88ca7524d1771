package org.knockon.feeds.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.knockon.feeds.message.RememberedAppointment;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.ChangeReason;
import org.knockon.impact.model.Priority;

class AppointmentMemoryTest {

    private static final long NOON = 1_658_235_600_000L;
    private static final long DAY = 24 * 60 * 60 * 1000L;
    private static final int MIB = 1024 * 1024;

    private final AppointmentMemory memory = new AppointmentMemory();

    @Test
    void givesBackEveryField() {
        AppointmentVersion full = new AppointmentVersion(
                "pas/1",
                7,
                AppointmentStatus.CANCELLED,
                ChangeReason.IT_OUTAGE,
                "cardiology",
                NOON,
                NOON + 1,
                Priority.TWO_WEEK_WAIT,
                "p-0123456789abcdef",
                "pas/0",
                NOON - 1,
                null);
        AppointmentVersion sparse = new AppointmentVersion(
                "pas/2", 0, AppointmentStatus.BOOKED, null, "mri", 0, 0, Priority.ROUTINE, "", null, 0, null);
        memory.remember(full, "ab12");
        memory.remember(sparse, "");

        assertThat(memory.of("pas/1")).contains(new RememberedAppointment(full, "ab12"));
        assertThat(memory.of("pas/2")).contains(new RememberedAppointment(sparse, ""));
        assertThat(memory.of("pas/3")).isEmpty();
    }

    @Test
    void keepsTheNewestBySequenceThenByTime() {
        assertThat(memory.remember(version("a", 5, NOON), "1")).isTrue();
        assertThat(memory.remember(version("a", 4, NOON + 9), "2")).isFalse();
        assertThat(memory.remember(version("a", 5, NOON - 1), "3")).isFalse();
        assertThat(memory.of("a").orElseThrow().contentHash()).isEqualTo("1");
        assertThat(memory.remember(version("a", 5, NOON + 1), "4")).isTrue();
        assertThat(memory.remember(version("a", 6, NOON), "5")).isTrue();
        assertThat(memory.of("a").orElseThrow().contentHash()).isEqualTo("5");
    }

    @Test
    void findsTheAppointmentsOfAService() {
        memory.remember(version("a", 1, NOON), "");
        memory.remember(
                new AppointmentVersion(
                        "b",
                        1,
                        AppointmentStatus.BOOKED,
                        null,
                        "other",
                        NOON,
                        NOON,
                        Priority.ROUTINE,
                        "",
                        null,
                        NOON,
                        null),
                "");

        assertThat(memory.ofServices(Set.of("s", "none"))).containsExactly(version("a", 1, NOON));
        assertThat(memory.ofServices(Set.of("none"))).isEmpty();
    }

    @Test
    void forgetsWhenSlotAndVersionAreBothOld() {
        memory.remember(version("old", 1, NOON, NOON), "");
        memory.remember(version("moved", 1, NOON + DAY, NOON), "");
        memory.remember(version("later", 1, NOON, NOON + DAY), "");

        memory.forgetBefore(NOON + 1);

        assertThat(memory.of("old")).isEmpty();
        assertThat(memory.of("moved")).isPresent();
        assertThat(memory.of("later")).isPresent();
    }

    @Test
    void forgetsServicesWithTheirAppointments() {
        for (int round = 0; round < 3; round++) {
            long now = NOON + round * DAY;
            memory.remember(ofService("kept", "kept", NOON + 9 * DAY), "");
            memory.remember(ofService("old", "unmapped." + round, now), "");
            assertThat(memory.forgetBefore(now + 1)).containsExactly(ofService("old", "unmapped." + round, now));
            assertThat(memory.hasService("unmapped." + round)).isFalse();
        }
        memory.remember(ofService("new", "new", NOON), "");

        assertThat(memory.of("new").orElseThrow().version().serviceId()).isEqualTo("new");
        assertThat(memory.of("kept").orElseThrow().version().serviceId()).isEqualTo("kept");
    }

    private static AppointmentVersion ofService(String id, String service, long time) {
        return new AppointmentVersion(
                id, 1, AppointmentStatus.BOOKED, null, service, time, time, Priority.ROUTINE, "", null, time, null);
    }

    /** A trust's future book, with one message remembered of each. */
    @Test
    void holdsThreeHundredThousandInLittleMemory() {
        FeedMemory feeds = new FeedMemory(List.of(new FeedMemory.Feed("pas", "pas", false)));
        long before = used();
        for (int i = 0; i < 300_000; i++) {
            String id = "pas/RJ1-2026-" + (10_000_000 + i);
            AppointmentVersion version = new AppointmentVersion(
                    id,
                    NOON + i,
                    AppointmentStatus.BOOKED,
                    null,
                    "service-" + i % 400,
                    NOON + i * 1_000L,
                    NOON + i * 1_000L + 900_000,
                    Priority.ROUTINE,
                    "p-" + Long.toHexString(0x1000000000000000L + i),
                    null,
                    NOON + i,
                    null);
            feeds.remember(version, "RJ1MSG" + (50_000_000 + i));
            MessageLog log = feeds.messagesOf("pas");
            log.remember(log.with(id, i * 31L, NOON + i));
        }
        long added = used() - before;

        assertThat(feeds.appointments()).isEqualTo(300_000);
        assertThat(added / MIB).as("MiB").isLessThanOrEqualTo(128);
        assertThat(feeds.messagesOf("pas").seen("pas/RJ1-2026-10000007", 7 * 31L))
                .isTrue();
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static AppointmentVersion version(String id, long sequence, long updatedAt) {
        return version(id, sequence, updatedAt, NOON);
    }

    private static AppointmentVersion version(String id, long sequence, long updatedAt, long slotStart) {
        return new AppointmentVersion(
                id,
                sequence,
                AppointmentStatus.BOOKED,
                null,
                "s",
                slotStart,
                slotStart,
                Priority.ROUTINE,
                "",
                null,
                updatedAt,
                null);
    }
}
