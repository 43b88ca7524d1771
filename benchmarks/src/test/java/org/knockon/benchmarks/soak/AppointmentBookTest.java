package org.knockon.benchmarks.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;

class AppointmentBookTest {

    private static final long OPENS = 1_790_000_000_000L;
    private static final List<String> SERVICES = List.of("one", "two", "three");

    @Test
    void firstVersionIsBookedAndSequencesRise() {
        AppointmentBook book = new AppointmentBook(1_000, SERVICES, OPENS);
        assertThat(book.next(7, OPENS).status()).isEqualTo(AppointmentStatus.BOOKED);
        assertThat(book.draft(7, OPENS).sequence()).isEqualTo(2);
        assertThat(book.next(7, OPENS).sequence()).isEqualTo(2);
        assertThat(book.next(8, OPENS).sequence()).isEqualTo(1);
    }

    @Test
    void idsDiffer() {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 500_000; i++) {
            ids.add(AppointmentBook.id(i));
        }
        assertThat(ids).hasSize(500_000);
    }

    @Test
    void updatesMoveCancelAttendAndRebook() {
        AppointmentBook book = new AppointmentBook(100, SERVICES, OPENS);
        List<AppointmentVersion> versions = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            versions.add(book.next(i % 100, OPENS + i));
        }
        assertThat(versions.stream().map(AppointmentVersion::status).collect(Collectors.toSet()))
                .contains(
                        AppointmentStatus.BOOKED,
                        AppointmentStatus.CANCELLED,
                        AppointmentStatus.FULFILLED,
                        AppointmentStatus.NOSHOW,
                        AppointmentStatus.WAITLIST);
        assertThat(versions.stream()
                        .filter(version -> version.appointmentId().equals(AppointmentBook.id(1)))
                        .map(AppointmentVersion::slotStart)
                        .distinct())
                .hasSizeGreaterThan(1);
        assertThat(versions).allMatch(version -> version.slotStart() > OPENS);
    }

    @Test
    void keepsAllVersionsOfTheSample() {
        AppointmentBook book = new AppointmentBook(5_000, SERVICES, OPENS);
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < book.size(); i++) {
                book.next(i, OPENS);
            }
        }
        assertThat(book.sample()).hasSize(3 * 500);
    }
}
