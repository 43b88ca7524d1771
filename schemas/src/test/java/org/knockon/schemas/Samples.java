package org.knockon.schemas;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.Capability;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.ChangeReason;
import org.knockon.impact.model.Dimension;
import org.knockon.impact.model.Evidence;
import org.knockon.impact.model.Impact;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.impact.model.ImpactState;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.Priority;
import org.knockon.impact.model.PublishedOutage;
import org.knockon.impact.model.Requirement;
import org.knockon.impact.model.ServiceStandard;
import org.knockon.impact.model.SystemStatus;

/**
 * One full and one sparse value for each topic that has a schema. Ids that only the key carries are null, as after
 * reading.
 */
public final class Samples {

    /** 2022-07-19T13:00:00Z. */
    public static final long NOON = 1_658_235_600_000L;

    private static final long HOUR = 3_600_000L;

    private Samples() {}

    public static Map<Topic<?>, List<?>> all() {
        Map<Topic<?>, List<?>> samples = new LinkedHashMap<>();
        samples.put(
                Topics.SYSTEMS,
                List.of(
                        new MonitoredSystem(
                                null,
                                "Results portal",
                                "RJ1",
                                "application",
                                Set.of("dc-east", "network"),
                                new MonitoringPolicy(120_000, 300_000, 600_000),
                                new ServiceStandard(new BigDecimal("99.95"), 60)),
                        new MonitoredSystem(null, "", "", "", Set.of(), new MonitoringPolicy(0, 0, 1000), null)));
        samples.put(
                Topics.CARE_SERVICES,
                List.of(
                        new CareService(
                                null,
                                "CT list",
                                "RJ1",
                                "RJ121",
                                "Guy's Hospital",
                                "811",
                                Category.DIAGNOSTIC,
                                List.of(
                                        new Requirement("pacs", Capability.IMAGING, 30 * 60_000L),
                                        new Requirement("epr", Capability.RECORDS, 0))),
                        new CareService(null, "", "", "", "", Category.UNKNOWN, List.of())));
        samples.put(
                Topics.SYSTEM_HEALTH,
                List.of(
                        new Observation("epr", SystemStatus.DOWN, NOON, "probe-1", "no answer within 10 s"),
                        new Observation("epr", SystemStatus.MAINTENANCE, NOON + 1, "", null)));
        samples.put(Topics.APPOINTMENTS, appointments());
        samples.put(
                Topics.OUTAGES,
                List.of(
                        new PublishedOutage(
                                new Outage("epr", NOON, NOON + HOUR, true, Evidence.OBSERVED, NOON + 120_000),
                                List.of("dc-east@2022-07-19T12:50:00Z"),
                                List.of("portal"),
                                List.of("ct-1", "ct-2")),
                        new PublishedOutage(
                                new Outage("epr", NOON, Outage.OPEN, false, Evidence.SILENCE, NOON),
                                List.of(),
                                List.of(),
                                List.of())));
        samples.put(Topics.CARE_IMPACTS, impacts());
        List<CellCounts> counts = List.of(
                new CellCounts(
                        new Cell(Dimension.SITE_CATEGORY, "RJ121/THEATRE"),
                        new ImpactCounts(1, 2, 3, 4, 5, 6, 7, 8),
                        NOON),
                new CellCounts(Cell.ALL, ImpactCounts.ZERO, 0));
        samples.put(Topics.IMPACT_COUNTS, counts);
        samples.put(Topics.IMPACT_HISTORY, counts);
        samples.put(
                Topics.INPUT_PROGRESS,
                List.of(
                        new PartitionProgress("appointments", 3, 41, 42, NOON, NOON + 1),
                        new PartitionProgress("systems", 0, 0, 0, null, NOON)));
        samples.put(
                Topics.REFUSALS,
                List.of(
                        new RefusedMessage("pas", "missing-slot", "SCH-11", "MSG7", "SIU^S12", 812, "0a1b", NOON),
                        new RefusedMessage("am", "unreadable", "", "", "", 0, "", 0)));
        samples.put(
                Topics.FEEDS,
                List.of(
                        new FeedState.MonitorReports("am", "epr", "{\"reports\":{}}", NOON),
                        new FeedState.SeenMessages(
                                "pas",
                                "pas/1",
                                List.of(new FeedState.SeenMessage(-7, NOON), new FeedState.SeenMessage(8, NOON + 1))),
                        new FeedState.UnmappedService("pas", "unmapped.pas.0a", Set.of("1a", "2b"), NOON)));
        return samples;
    }

    private static List<AppointmentVersion> appointments() {
        return List.of(
                new AppointmentVersion(
                        "a-1",
                        3,
                        AppointmentStatus.CANCELLED,
                        ChangeReason.IT_OUTAGE,
                        "ct-1",
                        NOON,
                        NOON + HOUR,
                        Priority.TWO_WEEK_WAIT,
                        "p-77",
                        "a-0",
                        NOON - HOUR,
                        NOON - 2 * HOUR),
                new AppointmentVersion(
                        "a-2",
                        0,
                        AppointmentStatus.BOOKED,
                        null,
                        "ct-1",
                        NOON,
                        NOON,
                        Priority.ROUTINE,
                        "",
                        null,
                        NOON,
                        null));
    }

    private static List<AssessedImpact> impacts() {
        return List.of(
                new AssessedImpact(
                        new Impact(
                                ImpactState.REBOOKED,
                                "ct-1",
                                "RJ1",
                                "RJ121",
                                Category.DIAGNOSTIC,
                                Priority.URGENT,
                                NOON,
                                List.of("epr@2022-07-19T13:00:00Z"),
                                1_001,
                                List.of("dc-east@2022-07-19T12:50:00Z"),
                                2,
                                List.of(Capability.IMAGING, Capability.RECORDS),
                                NOON,
                                NOON + HOUR,
                                60L,
                                2,
                                true),
                        NOON),
                new AssessedImpact(
                        new Impact(
                                ImpactState.NONE,
                                "",
                                "",
                                "",
                                Category.UNKNOWN,
                                Priority.UNKNOWN,
                                0,
                                List.of(),
                                List.of(),
                                List.of(),
                                null,
                                null,
                                null,
                                0),
                        NOON));
    }
}
