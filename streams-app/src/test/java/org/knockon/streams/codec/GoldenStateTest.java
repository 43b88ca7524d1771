package org.knockon.streams.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.knockon.impact.assessment.AppointmentHistory;
import org.knockon.impact.assessment.CellGroup;
import org.knockon.impact.assessment.Replacement;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.Capability;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.ChangeReason;
import org.knockon.impact.model.Evidence;
import org.knockon.impact.model.Impact;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.impact.model.ImpactState;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.Priority;
import org.knockon.impact.model.Requirement;
import org.knockon.impact.model.ServiceStandard;
import org.knockon.impact.model.SystemStatus;

/** The bytes of every form equal the committed ones, and the committed bytes are read as the same values. */
class GoldenStateTest {

    private static final long NOON = 1_658_228_400_000L;
    private static final long DAY = 86_400_000L;
    private static final ImpactCounts COUNTS = new ImpactCounts(1, 2, 3, 4, 5, 6, 7, 64);
    private static final GroupChange GROUP_CHANGE = new GroupChange(
            new CellGroup(
                    "cardiology",
                    "RJ1",
                    "RJ122",
                    "320",
                    Category.OUTPATIENT,
                    Priority.URGENT,
                    NOON / 900_000,
                    List.of("pas@1"),
                    List.of("pas@1"),
                    List.of(Capability.RECORDS)),
            new ImpactCounts(1, -1, 0, 0, 0, 0, 0, -64));
    private static final Outage OUTAGE = new Outage("pas", NOON, Outage.OPEN, false, Evidence.SILENCE, NOON + 300_000);
    private static final Replacement REPLACEMENT =
            new Replacement("a2", AppointmentStatus.BOOKED, ChangeReason.PROVIDER, NOON + 7 * DAY, NOON + 1);

    /** @param values by their labels in the file */
    record Samples<T>(String file, Serde<T> serde, Map<String, T> values) {
        @Override
        public String toString() {
            return file;
        }
    }

    static Stream<Samples<?>> forms() {
        return Stream.of(
                new Samples<>("broadcast", InternalSerdes.BROADCAST, broadcasts()),
                new Samples<>("appointment-state", InternalSerdes.APPOINTMENT_STATE, appointments()),
                new Samples<>(
                        "link",
                        InternalSerdes.LINK,
                        values(
                                "current", Link.to(REPLACEMENT),
                                "withdrawn", Link.withdrawn("a2"),
                                "expired", Link.expired("a2"))),
                new Samples<>("replacement", InternalSerdes.REPLACEMENT, values("replacement", REPLACEMENT)),
                new Samples<>(
                        "partial-count",
                        InternalSerdes.PARTIAL,
                        values("cell-count", new Partial.CellCount(2, COUNTS), "tick", new Partial.Tick(2, NOON))),
                new Samples<>(
                        "outage",
                        InternalSerdes.OUTAGE,
                        values(
                                "open",
                                OUTAGE,
                                "ended",
                                new Outage("pas", NOON, NOON + 1, true, Evidence.OBSERVED, NOON))),
                new Samples<>("impact-counts", InternalSerdes.COUNTS, values("counts", COUNTS)),
                new Samples<>("group-change", InternalSerdes.GROUP_CHANGE, values("change", GROUP_CHANGE)),
                new Samples<>(
                        "work-item",
                        InternalSerdes.WORK_ITEM,
                        values(
                                "reassess",
                                        new WorkItem(
                                                WorkItem.Purpose.REASSESS,
                                                "cardiology",
                                                Long.MIN_VALUE,
                                                NOON,
                                                false,
                                                null),
                                "expire",
                                        new WorkItem(
                                                WorkItem.Purpose.EXPIRE, "cardiology", 0, NOON, true, new byte[] {1, -1
                                                }))),
                new Samples<>(
                        "cell-tally",
                        InternalSerdes.CELL_TALLY,
                        values("published", new CellTally(COUNTS, COUNTS, null))),
                new Samples<>(
                        "parked-record",
                        InternalSerdes.PARKED,
                        values("parked", new Parked(NOON, "unknown", "t", 1, 2, NOON, null, new byte[] {7}))));
    }

    @ParameterizedTest
    @MethodSource("forms")
    <T> void keepsItsBytes(Samples<T> form) {
        GoldenBytes golden = new GoldenBytes(form.file());
        Map<String, byte[]> written = new LinkedHashMap<>();
        form.values()
                .forEach((label, value) ->
                        written.put(label, form.serde().serializer().serialize("t", value)));

        golden.assertEqualTo(written);
        form.values()
                .forEach(
                        (label, value) -> assertThat(form.serde().deserializer().deserialize("t", golden.bytes(label)))
                                .as(label)
                                .usingRecursiveComparison()
                                .isEqualTo(value));
    }

    @Test
    void observationsKeepTheirByte() {
        GoldenBytes golden = new GoldenBytes("observation");
        Map<String, byte[]> written = new LinkedHashMap<>();
        for (SystemStatus status : SystemStatus.values()) {
            written.put(status.name(), StateEnums.OBSERVATION.toBytes(status));
        }

        golden.assertEqualTo(written);
        for (SystemStatus status : SystemStatus.values()) {
            assertThat(StateEnums.OBSERVATION.fromBytes(golden.bytes(status.name())))
                    .isEqualTo(status);
        }
    }

    @Test
    void indexEntriesKeepTheirByte() {
        GoldenBytes golden = new GoldenBytes("untouched-booking");
        Map<String, byte[]> written = new LinkedHashMap<>();
        for (Priority priority : Priority.values()) {
            written.put(priority.name(), StateEnums.UNTOUCHED_BOOKING.toBytes(priority));
        }

        golden.assertEqualTo(written);
        for (Priority priority : Priority.values()) {
            assertThat(StateEnums.UNTOUCHED_BOOKING.fromBytes(golden.bytes(priority.name())))
                    .isEqualTo(priority);
        }
    }

    private static Map<String, Broadcast> broadcasts() {
        MonitoringPolicy policy = new MonitoringPolicy(120_000, 300_000, 600_000);
        ServiceStandard standard = new ServiceStandard(new BigDecimal("99.95"), 60);
        CareService clinic = new CareService(
                "cardiology",
                "Cardiology clinic",
                "RJ1",
                "RJ121",
                "320",
                Category.OUTPATIENT,
                List.of(
                        new Requirement("pas", Capability.RECORDS, 1_800_000),
                        new Requirement("lis", Capability.RESULTS, 0)));
        return values(
                "system-put",
                new Broadcast.SystemPut(new MonitoredSystem(
                        "pas", "Patient records", "RJ1", "APPLICATION", Set.of("dc"), policy, standard)),
                "system-put-without-standard",
                new Broadcast.SystemPut(new MonitoredSystem("dc", "Cooling", "RJ1", "INFRA", Set.of(), policy, null)),
                "system-removed",
                new Broadcast.SystemRemoved("pas"),
                "service-put",
                new Broadcast.ServicePut(clinic),
                "service-removed",
                new Broadcast.ServiceRemoved("cardiology"),
                "outage-put",
                new Broadcast.OutagePut(OUTAGE, 3, NOON + 300_000),
                "outage-removed",
                new Broadcast.OutageRemoved("pas", NOON, 3, NOON + DAY),
                "tick",
                new Broadcast.Tick(NOON));
    }

    private static Map<String, AppointmentState> appointments() {
        AppointmentVersion booked = version(1, AppointmentStatus.BOOKED, null, "cardiology", NOON, null, NOON - DAY);
        AppointmentVersion moved = version(
                3, AppointmentStatus.BOOKED, ChangeReason.IT_OUTAGE, "cardiology", NOON + DAY, "a0", NOON - 1_000);
        AppointmentVersion cancelled = version(
                4, AppointmentStatus.CANCELLED, ChangeReason.CLINICAL, "imaging", NOON + DAY, "a0", NOON + 1_000);
        Impact impact = new Impact(
                ImpactState.REBOOKED,
                "imaging",
                "RJ1",
                "RJ121",
                Category.DIAGNOSTIC,
                Priority.URGENT,
                NOON + DAY,
                List.of("pas@2022-07-19T11:00:00Z"),
                2,
                List.of("dc@2022-07-19T10:00:00Z"),
                1,
                List.of(Capability.RECORDS, Capability.IMAGING),
                NOON,
                NOON + DAY,
                null,
                1,
                true);
        return values(
                "empty", AppointmentState.EMPTY,
                "untouched", new AppointmentState(new AppointmentHistory(List.of(booked), false), null, null, null),
                "rebooked",
                        new AppointmentState(
                                new AppointmentHistory(List.of(booked, moved, cancelled), true),
                                REPLACEMENT,
                                impact,
                                "810"));
    }

    private static AppointmentVersion version(
            long sequence,
            AppointmentStatus status,
            ChangeReason reason,
            String serviceId,
            long slotStart,
            String replaces,
            long updatedAt) {
        return new AppointmentVersion(
                "a1",
                sequence,
                status,
                reason,
                serviceId,
                slotStart,
                slotStart + 1_800_000,
                Priority.URGENT,
                null,
                replaces,
                updatedAt,
                null);
    }

    /** In order. @param labelsAndValues alternating */
    @SuppressWarnings("unchecked") // the caller passes values of one type
    private static <T> Map<String, T> values(Object... labelsAndValues) {
        Map<String, T> values = new LinkedHashMap<>();
        for (int i = 0; i < labelsAndValues.length; i += 2) {
            values.put((String) labelsAndValues[i], (T) labelsAndValues[i + 1]);
        }
        return values;
    }
}
