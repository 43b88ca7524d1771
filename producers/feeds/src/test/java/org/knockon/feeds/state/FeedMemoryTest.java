package org.knockon.feeds.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.knockon.feeds.message.RememberedAppointments;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.ChangeReason;
import org.knockon.impact.model.Priority;
import org.knockon.schemas.FeedState;

class FeedMemoryTest {

    private static final long NOON = 1_658_235_600_000L;

    private final FeedMemory memory = new FeedMemory(List.of(
            new FeedMemory.Feed("pas", "pas", true),
            new FeedMemory.Feed("ers", "", false),
            new FeedMemory.Feed("am", "am", false)));
    private final RememberedAppointments pas = memory.appointmentsOf("pas");

    @Test
    void remembersAppointmentsOfItsOwnNamespacesOnly() {
        FeedMemory without = new FeedMemory(List.of(new FeedMemory.Feed("pas", "pas", false)));
        without.remember(cancelled("pas/1", 1, null), "");
        without.remember(cancelled("ers/1", 1, null), "");
        without.remember(cancelled("pas2/1", 1, null), "");

        assertThat(without.appointments()).isEqualTo(1);
        assertThat(without.appointmentsOf("pas").of("pas/1")).isPresent();
    }

    @Test
    void anEmptyNamespaceOwnsWhatBeginsWithNoOther() {
        Namespaces namespaces = new Namespaces(List.of("", "pas"));

        assertThat(namespaces.owner("").owns("7/8")).isTrue();
        assertThat(namespaces.owner("").owns("pas/8")).isFalse();
        assertThat(namespaces.owner("pas").owns("pas/8")).isTrue();
        assertThat(namespaces.owned("anything")).isTrue();
    }

    @Test
    void findsTheCancellationThatWasLast() {
        memory.remember(cancelled("pas/1", NOON, ChangeReason.PROVIDER), "");
        memory.remember(cancelled("pas/2", NOON + 5, null), "");
        memory.remember(cancelled("pas/3", NOON + 9, ChangeReason.PATIENT), "");
        memory.remember(cancelled("7", NOON + 9, null), "");

        assertThat(pas.cancelled("p-1", "mri", NOON))
                .map(AppointmentVersion::appointmentId)
                .contains("pas/2");
        assertThat(pas.cancelled("p-1", "mri", NOON + 6)).isEmpty();
        assertThat(pas.cancelled("p-1", "ct", NOON)).isEmpty();
        assertThat(pas.cancelled("p-2", "mri", NOON)).isEmpty();
    }

    @Test
    void aCancellationIsReplacedOnce() {
        memory.remember(cancelled("pas/1", NOON, null), "");
        memory.remember(booked("pas/2", NOON + 1, "pas/1"), "");

        assertThat(pas.cancelled("p-1", "mri", NOON)).isEmpty();
        memory.remember(cancelled("pas/1", NOON + 2, null), "");
        assertThat(pas.cancelled("p-1", "mri", NOON)).isEmpty();
    }

    @Test
    void anAppointmentThatIsBookedAgainIsNotCancelled() {
        memory.remember(cancelled("pas/1", NOON, null), "");
        memory.remember(booked("pas/1", NOON + 1, null), "");

        assertThat(pas.cancelled("p-1", "mri", NOON)).isEmpty();
    }

    @Test
    void remembersStatesOfItsOwnFeedsUntilTheyEnd() {
        FeedState reports = new FeedState.MonitorReports("am", "pas", "{}", NOON);
        memory.remember(reports);
        memory.remember(new FeedState.MonitorReports("other", "pas", "{}", NOON));
        memory.remember(new FeedState.UnmappedService("am", "unmapped.am.1", Set.of("1"), NOON));

        assertThat(memory.states("am", FeedState.MonitorReports.class))
                .map(FeedState.class::cast)
                .containsExactly(reports);
        assertThat(memory.states("am", FeedState.UnmappedService.class)).hasSize(1);
        assertThat(memory.states("other", FeedState.MonitorReports.class)).isEmpty();

        memory.end(reports.key());
        assertThat(memory.states("am", FeedState.MonitorReports.class)).isEmpty();
    }

    @Test
    void forgetsCancelledAppointmentsAndThoseThatReplacedThem() {
        memory.remember(cancelled("pas/1", NOON, null), "");
        memory.remember(cancelled("pas/2", NOON, null), "");
        memory.remember(booked("pas/3", NOON, "pas/2"), "");
        memory.remember(booked("pas/4", NOON, "pas/unknown"), "");
        assertThat(memory.cancelledIds()).isEqualTo(3);

        memory.forgetBefore(NOON + 1);

        assertThat(memory.appointments()).isZero();
        assertThat(memory.cancelledIds()).isZero();
    }

    @Test
    void anOldReplacementStillCountsWhileTheCancelledOneIsRemembered() {
        memory.remember(cancelled("pas/2", NOON + 9, null), "");
        memory.remember(booked("pas/3", NOON, "pas/2"), "");

        memory.forgetBefore(NOON + 1);
        memory.remember(cancelled("pas/2", NOON + 10, null), "");

        assertThat(pas.cancelled("p-1", "mri", NOON)).isEmpty();
    }

    @Test
    void forgetsServicesThatNoAppointmentHasAnyMore() {
        FeedState used = new FeedState.UnmappedService("pas", "mri", Set.of("1"), NOON);
        FeedState unused = new FeedState.UnmappedService("pas", "unmapped.pas.1", Set.of("2"), NOON);
        FeedState fresh = new FeedState.UnmappedService("pas", "unmapped.pas.2", Set.of("3"), NOON + 1);
        memory.remember(booked("pas/1", NOON + 1, null), "");
        List.of(used, unused, fresh).forEach(memory::remember);

        assertThat(memory.forgetBefore(NOON + 1)).containsExactly(unused.key());
        assertThat(memory.states("pas", FeedState.UnmappedService.class))
                .map(FeedState.class::cast)
                .containsExactlyInAnyOrder(used, fresh);
    }

    private static AppointmentVersion cancelled(String id, long updatedAt, ChangeReason reason) {
        return version(id, AppointmentStatus.CANCELLED, updatedAt, reason, null);
    }

    private static AppointmentVersion booked(String id, long updatedAt, String replaces) {
        return version(id, AppointmentStatus.BOOKED, updatedAt, null, replaces);
    }

    private static AppointmentVersion version(
            String id, AppointmentStatus status, long updatedAt, ChangeReason reason, String replaces) {
        return new AppointmentVersion(
                id, updatedAt, status, reason, "mri", NOON, NOON, Priority.ROUTINE, "p-1", replaces, updatedAt, null);
    }
}
