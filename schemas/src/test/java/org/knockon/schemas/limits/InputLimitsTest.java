package org.knockon.schemas.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.Priority;
import org.knockon.impact.model.ServiceStandard;
import org.knockon.schemas.Topics;

/** The reasons for refusing a record. Tests of the pipeline check each limit at its exact boundary. */
class InputLimitsTest {

    private static final long NOON = Instant.parse("2022-07-19T12:00:00Z").toEpochMilli();
    private static final long HOUR = 3_600_000L;

    @Test
    void countsBytesInUtf8AndNotCharacters() {
        assertThat(refusal(appointment("é".repeat(128), "ct", NOON, NOON))).isNull();
        assertThat(refusal(appointment("é".repeat(129), "ct", NOON, NOON)))
                .isEqualTo("the key has 258 bytes in UTF-8: at most 256 are accepted");
        assertThat(refusal(appointment("\uD83D\uDE00".repeat(64), "ct", NOON, NOON)))
                .isNull();
        assertThat(refusal(appointment("a", "\u20AC".repeat(86), NOON, NOON)))
                .isEqualTo("serviceId has 258 bytes in UTF-8: at most 256 are accepted");
    }

    @Test
    void refusesBlankIdsAndControlCharacters() {
        assertThat(refusal(appointment(" \u2003", "ct", NOON, NOON))).isEqualTo("the key is empty");
        assertThat(refusal(appointment("a\0b", "ct", NOON, NOON))).isEqualTo("the key contains a control character");
        assertThat(refusal(appointment("a", "c\nt", NOON, NOON))).isEqualTo("serviceId contains a control character");
        assertThat(refusal(appointment("a", "c\u0085t", NOON, NOON)))
                .isEqualTo("serviceId contains a control character");
        assertThat(refusal(appointment("a", "\uD83D", NOON, NOON))).contains("half a surrogate pair");
    }

    @Test
    void refusesTimesInTheWrongUnit() {
        assertThat(refusal(appointment("a", "ct", NOON / 1000, NOON)))
                .isEqualTo("slotStart is 1970-01-20T04:37:12Z, outside the years 2000 to 2099: is it in milliseconds?");
        assertThat(refusal(appointment("a", "ct", NOON, NOON / 1000))).startsWith("updatedAt is 1970-01-20");
        assertThat(refusal(appointment("a", "ct", Long.MIN_VALUE, NOON))).startsWith("slotStart is -292275055");
    }

    @Test
    void ignoresTheSlotOfAVersionFromANewerSchema() {
        AppointmentVersion version = appointment("a", "ct", Long.MIN_VALUE, NOON);
        AppointmentVersion unknown = new AppointmentVersion(
                "a", 1, AppointmentStatus.UNKNOWN, null, "ct", version.slotStart(), 5, null, "", null, NOON, null);
        assertThat(refusal(unknown)).isNull();
    }

    @Test
    void comparesRecordedTimesButNotSlotsWithTheClock() {
        AppointmentVersion version = appointment("a", "ct", NOON + HOUR, NOON);
        long lead = InputLimits.BOOKING_CLOCK_LEAD;
        assertThat(limits().refusal("a", version, NOON - lead)).isEmpty();
        assertThat(limits().refusal("a", version, NOON - lead - 1))
                .hasValue("updatedAt 2022-07-19T12:00:00Z lies in the future: the latest accepted is"
                        + " 2022-07-19T11:59:59.999Z");
    }

    @Test
    void onlyBookingSystemsMayBeAheadOfTheMachineThatReceivesFromThem() {
        assertThat(limits().latest(NOON)).isEqualTo(NOON + 5 * 60_000);
        for (InputLimits<?> limits : InputLimits.all()) {
            if (!limits.topic().equals(Topics.APPOINTMENTS)) {
                assertThat(limits.latest(NOON)).as(limits.topic().shortName()).isEqualTo(NOON);
            }
        }
    }

    @Test
    void acceptsTombstonesOnlyForTheCatalogue() {
        InputLimits<MonitoredSystem> systems = InputLimits.of(Topics.SYSTEMS).orElseThrow();
        assertThat(systems.refusal("epr", null, NOON)).isEmpty();
        assertThat(systems.refusal("", null, NOON)).hasValue("the key is empty");
        assertThat(systems.refusal(null, null, NOON)).hasValue("the key is empty");
        assertThat(limits().refusal("a", null, NOON))
                .hasValueSatisfying(
                        text -> assertThat(text).startsWith("value is null: an appointment ends with a status"));
    }

    @Test
    void refusesPoliciesAndStandardsOutsideTheirRange() {
        assertThat(refusal(new MonitoringPolicy(0, 0, Long.MAX_VALUE), null))
                .startsWith(
                        "monitoring.silenceAfterSeconds is 9223372036854775, outside its range: From 1 to 315,619,200.");
        assertThat(refusal(new MonitoringPolicy(0, 0, 1000), new ServiceStandard(new BigDecimal("100.01"), 0)))
                .isEqualTo("standard.availabilityPercent is 100.01, outside its range: From 0 to 100, with at most 6"
                        + " decimal places.");
        assertThat(refusal(new MonitoringPolicy(0, 0, 1000), new ServiceStandard(new BigDecimal("1e999999"), 0)))
                .startsWith("standard.availabilityPercent is 1E+999999, outside its range");
        assertThat(refusal(new MonitoringPolicy(0, 0, 1000), new ServiceStandard(new BigDecimal("99.9999999"), 0)))
                .startsWith("standard.availabilityPercent is 99.9999999, outside its range");
        assertThat(refusal(new MonitoringPolicy(0, 0, 1000), new ServiceStandard(null, 0)))
                .isNull();
    }

    @Test
    void hasNoLimitsForOutputTopics() {
        assertThat(InputLimits.of(Topics.OUTAGES)).isEmpty();
        assertThat(InputLimits.of(Topics.DEAD_LETTERS)).isEmpty();
        assertThat(InputLimits.all()).hasSize(4);
    }

    @Test
    void acceptsAServiceWithoutASiteName() {
        CareService service = new CareService("ct", "CT", "RJ1", "RJ121", "811", Category.DIAGNOSTIC, List.of());
        assertThat(InputLimits.of(Topics.CARE_SERVICES).orElseThrow().refusal("ct", service, NOON))
                .isEmpty();
    }

    private static String refusal(MonitoringPolicy policy, ServiceStandard standard) {
        MonitoredSystem system = new MonitoredSystem("epr", "", "", "", Set.of(), policy, standard);
        return InputLimits.of(Topics.SYSTEMS)
                .orElseThrow()
                .refusal("epr", system, NOON)
                .orElse(null);
    }

    private static InputLimits<AppointmentVersion> limits() {
        return InputLimits.of(Topics.APPOINTMENTS).orElseThrow();
    }

    private static String refusal(AppointmentVersion version) {
        return limits().refusal(version.appointmentId(), version, EventTimes.LATEST)
                .orElse(null);
    }

    private static AppointmentVersion appointment(String id, String service, long slotStart, long updatedAt) {
        return new AppointmentVersion(
                id,
                1,
                AppointmentStatus.BOOKED,
                null,
                service,
                slotStart,
                slotStart,
                Priority.ROUTINE,
                "p-1",
                null,
                updatedAt,
                null);
    }
}
