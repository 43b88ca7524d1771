package org.knockon.feeds.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.knockon.feeds.catalogue.CatalogueChange.Kind;
import org.knockon.impact.model.Capability;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.Requirement;
import org.knockon.impact.model.ServiceStandard;

class CatalogueDiffTest {

    private static final long MINUTE = 60_000;
    private static final Requirement RECORDS = new Requirement("pas", Capability.RECORDS, 30 * MINUTE);
    private static final Requirement RESULTS = new Requirement("lims", Capability.RESULTS, 0);

    private final MonitoredSystem pas =
            system("pas", "PAS", Set.of("network", "power"), 300, new ServiceStandard(new BigDecimal("99.90"), 240));
    private final CareService clinic = service("clinic", "Hillside", RECORDS, RESULTS);

    @Test
    void listsEachFieldThatDiffers() {
        MonitoredSystem other = system("pas", "PAS 2", Set.of("power"), 600, new ServiceStandard(null, 120));
        CareService otherClinic =
                service("clinic", null, new Requirement("pas", Capability.RECORDS, 45 * MINUTE), RECORDS_ORDERS);

        CatalogueDiff diff =
                diff(records(List.of(pas), List.of(clinic)), records(List.of(other), List.of(otherClinic)));

        assertThat(diff.unchanged()).isZero();
        assertThat(diff.changes())
                .containsExactly(
                        new CatalogueChange(
                                Kind.CHANGED,
                                EntryType.SYSTEM,
                                "pas",
                                List.of(
                                        new FieldChange("name", "PAS", "PAS 2"),
                                        new FieldChange("dependsOn", "network, power", "power"),
                                        new FieldChange("monitoring.silenceAfterSeconds", "300", "600"),
                                        new FieldChange("standard.availabilityPercent", "99.9", ""),
                                        new FieldChange("standard.longestOutageMinutes", "240", "120"))),
                        new CatalogueChange(
                                Kind.CHANGED,
                                EntryType.SERVICE,
                                "clinic",
                                List.of(
                                        new FieldChange("siteName", "Hillside", ""),
                                        new FieldChange("requires pas RECORDS", "30 min", "45 min"),
                                        new FieldChange("requires lims RESULTS", "0 min", ""),
                                        new FieldChange("requires pas ORDER_COMMS", "", "5 min"))));
    }

    private static final Requirement RECORDS_ORDERS = new Requirement("pas", Capability.ORDER_COMMS, 5 * MINUTE);

    @Test
    void equalEntriesAreNoDifferenceInWhateverOrderTheyWereWritten() {
        CareService reordered = service("clinic", "Hillside", RESULTS, RECORDS);

        CatalogueDiff diff = diff(records(List.of(pas), List.of(clinic)), records(List.of(pas), List.of(reordered)));

        assertThat(diff.changes()).isEmpty();
        assertThat(diff.unchanged()).isEqualTo(2);
    }

    @Test
    void aSecondRequirementOfTheSameKindIsADifference() {
        CareService twice = service("clinic", "Hillside", RECORDS, RESULTS, RECORDS);

        assertThat(diff(records(List.of(), List.of(twice)), records(List.of(), List.of(clinic)))
                        .changes())
                .extracting(CatalogueChange::fields)
                .containsExactly(List.of(new FieldChange("requires pas RECORDS", "30 min, 30 min", "30 min")));
    }

    @Test
    void writesWhatIsGoneOnlyToPrune() {
        MonitoredSystem lims = system("lims", "LIMS", Set.of(), 300, null);

        CatalogueDiff diff = diff(records(List.of(pas), List.of(clinic)), records(List.of(lims), List.of()));

        assertThat(diff.written(false))
                .containsExactly(new CatalogueChange(Kind.ADDED, EntryType.SYSTEM, "lims", List.of()));
        assertThat(diff.written(true))
                .containsExactly(
                        new CatalogueChange(Kind.ADDED, EntryType.SYSTEM, "lims", List.of()),
                        new CatalogueChange(Kind.GONE, EntryType.SYSTEM, "pas", List.of()),
                        new CatalogueChange(Kind.GONE, EntryType.SERVICE, "clinic", List.of()));
        assertThat(diff.count(Kind.GONE)).isEqualTo(2);
    }

    @Test
    void aRecordThatCannotBeReadIsReplacedOrGone() {
        PublishedCatalogue published =
                new PublishedCatalogue(records(List.of(), List.of()), Set.of("pas", "old"), Set.of("clinic"));

        CatalogueDiff diff = CatalogueDiff.between(published, records(List.of(pas), List.of(clinic)));

        List<FieldChange> unreadable = List.of(new FieldChange("record", "cannot be read", "as in the file"));
        assertThat(diff.changes())
                .containsExactly(
                        new CatalogueChange(Kind.GONE, EntryType.SYSTEM, "old", List.of()),
                        new CatalogueChange(Kind.CHANGED, EntryType.SYSTEM, "pas", unreadable),
                        new CatalogueChange(Kind.CHANGED, EntryType.SERVICE, "clinic", unreadable));
    }

    private static CatalogueDiff diff(CatalogueRecords before, CatalogueRecords after) {
        return CatalogueDiff.between(new PublishedCatalogue(before, Set.of(), Set.of()), after);
    }

    private static CatalogueRecords records(List<MonitoredSystem> systems, List<CareService> services) {
        TreeMap<String, MonitoredSystem> byId = new TreeMap<>();
        systems.forEach(system -> byId.put(system.systemId(), system));
        TreeMap<String, CareService> servicesById = new TreeMap<>();
        services.forEach(service -> servicesById.put(service.serviceId(), service));
        return new CatalogueRecords(byId, servicesById);
    }

    private static MonitoredSystem system(
            String id, String name, Set<String> dependsOn, long silenceSeconds, ServiceStandard standard) {
        MonitoringPolicy policy = new MonitoringPolicy(120_000, 300_000, silenceSeconds * 1_000);
        return new MonitoredSystem(id, name, "RZ9", "application", dependsOn, policy, standard);
    }

    private static CareService service(String id, String siteName, Requirement... requires) {
        return new CareService(id, "Clinic", "RZ9", "RZ901", siteName, "320", Category.OUTPATIENT, List.of(requires));
    }
}
