package org.knockon.streams.situation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.knockon.streams.HeapStores.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.knockon.impact.cascade.Situation;
import org.knockon.impact.model.Capability;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.Evidence;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.PublishedOutage;
import org.knockon.impact.model.Requirement;
import org.knockon.streams.codec.Broadcast;
import org.knockon.streams.codec.InternalSerdes;
import org.knockon.streams.task.Names;
import org.knockon.streams.task.TimeBudget;

/** Each value of an outage is sent exactly once, whatever is renamed and whenever the app restarts. */
class OutagePublisherTest {

    private static final int PARTITION = 3;
    private static final long NOON = 1_658_228_400_000L;

    private final List<String> sent = new ArrayList<>();
    private final Map<String, PublishedOutage> topic = new HashMap<>();
    private KeyValueStore<String, Broadcast> situationStore;
    private KeyValueStore<String, Long> progress;
    private SituationTracker tracker;
    private OutagePublisher publisher;

    @BeforeEach
    void setUp() {
        MockProcessorContext<Object, Object> context = new MockProcessorContext<>();
        situationStore = store(context, Names.SITUATION, Serdes.String(), InternalSerdes.BROADCAST);
        progress = store(context, Names.ASSESSOR_PROGRESS, Serdes.String(), Serdes.Long());
        start();
        receive(systemPut("datacentre", "Data centre"));
        receive(systemPut("epr", "Records", "datacentre"));
        receive(servicePut("clinic", "Clinic", "epr"));
        turn();
    }

    @Test
    void sendsAnOutageOnceWithItsCascade() {
        receive(outagePut("datacentre", Outage.OPEN, PARTITION));
        turn();
        turn();

        assertThat(sent).containsExactly("datacentre@2022-07-19T11:00:00Z");
        assertThat(topic.get("datacentre@2022-07-19T11:00:00Z").affectedServices())
                .containsExactly("clinic");
        assertThat(publisher.isPending()).isFalse();
    }

    @Test
    void doesNotSendOutagesOfOtherPartitions() {
        receive(outagePut("datacentre", Outage.OPEN, PARTITION + 1));
        turn();

        assertThat(sent).isEmpty();
    }

    @Test
    void sendsNothingForNewNamesOrARepeatedCatalogue() {
        receive(outagePut("datacentre", Outage.OPEN, PARTITION));
        turn();
        sent.clear();

        receive(systemPut("datacentre", "Another name"));
        receive(systemPut("epr", "Another name", "datacentre"));
        receive(servicePut("clinic", "Another name", "epr"));
        assertThat(publisher.isPending()).as("none is checked").isFalse();
        receive(servicePut("clinic", "Another name", "epr"));
        receive(systemPut("epr", "Another name", "datacentre"));
        turn();

        assertThat(sent).isEmpty();
    }

    /** Regression: a cascade that grows by one system at a time was sent once per system. */
    @Test
    void sendsOneValueForAllChangesOfATurn() {
        receive(outagePut("datacentre", Outage.OPEN, PARTITION));
        turn();
        sent.clear();

        for (int i = 0; i < 500; i++) {
            receive(systemPut("system-" + i, "System " + i, "datacentre"));
            receive(servicePut("service-" + i, "Service " + i, "system-" + i));
        }
        turn();

        assertThat(sent).hasSize(1);
        PublishedOutage value = topic.get(sent.get(0));
        assertThat(value.affectedSystems()).hasSize(501);
        assertThat(value.affectedServices()).hasSize(501);
    }

    @Test
    void namesTheFirstThousandAndTheTotal() {
        receive(outagePut("datacentre", Outage.OPEN, PARTITION));
        for (int i = 0; i < 1_500; i++) {
            receive(systemPut("system-" + i, "System " + i, "datacentre"));
        }
        turn();

        PublishedOutage value = topic.get(sent.get(0));
        assertThat(value.affectedSystems()).hasSize(1_000).isSorted();
        assertThat(value.affectedSystemsTotal()).isEqualTo(1_501);
        assertThat(value.affectedServicesTotal()).isEqualTo(1);
    }

    @Test
    void sendsAnOutageAgainWhenItsCauseIsFound() {
        receive(outagePut("epr", Outage.OPEN, PARTITION));
        turn();
        receive(outagePut("datacentre", Outage.OPEN, PARTITION + 1));
        turn();

        assertThat(sent).containsExactly("epr@2022-07-19T11:00:00Z", "epr@2022-07-19T11:00:00Z");
        assertThat(topic.get("epr@2022-07-19T11:00:00Z").rootCauses())
                .containsExactly("datacentre@2022-07-19T11:00:00Z");
    }

    @Test
    void sendsAfterARestartOnlyWhatWasDue() {
        receive(outagePut("datacentre", Outage.OPEN, PARTITION));
        turn();
        receive(outagePut("epr", Outage.OPEN, PARTITION));
        sent.clear();

        start();
        assertThat(publisher.isPending()).isTrue();
        turn();
        assertThat(sent).containsExactly("epr@2022-07-19T11:00:00Z");

        start();
        assertThat(publisher.isPending()).as("all was sent").isFalse();
        turn();
        assertThat(sent).hasSize(1);
    }

    @Test
    void sendsAfterARestartWhatTheCatalogueChanged() {
        receive(outagePut("datacentre", Outage.OPEN, PARTITION));
        turn();
        receive(systemPut("pacs", "Images", "datacentre"));
        sent.clear();

        start();
        turn();

        assertThat(sent).hasSize(1);
        assertThat(topic.get(sent.get(0)).affectedSystems()).containsExactly("epr", "pacs");
    }

    @Test
    void retractsOnceAcrossARestart() {
        receive(outagePut("datacentre", Outage.OPEN, PARTITION));
        turn();
        receive(new Broadcast.OutageRemoved("datacentre", NOON, PARTITION, NOON));

        start();
        turn();
        start();
        turn();

        assertThat(sent).hasSize(2);
        assertThat(topic).isEmpty();
    }

    @Test
    void sendsNothingForAnOutageRetractedBeforeItWasSent() {
        receive(outagePut("datacentre", Outage.OPEN, PARTITION));
        receive(new Broadcast.OutageRemoved("datacentre", NOON, PARTITION, NOON));
        turn();

        assertThat(sent).isEmpty();
    }

    /** A budget that is spent at once lets one outage through, so outages never starve. */
    @Test
    void continuesInTheNextTurn() {
        receive(outagePut("datacentre", Outage.OPEN, PARTITION));
        receive(outagePut("epr", Outage.OPEN, PARTITION));

        publisher.publishDue(new TimeBudget(0));
        assertThat(sent).hasSize(1);
        publisher.publishDue(new TimeBudget(0));
        assertThat(sent).hasSize(2);
        assertThat(publisher.isPending()).isFalse();
    }

    @Test
    void digestsDifferWhereAnyPartDoes() {
        Outage outage = new Outage("epr", NOON, Outage.OPEN, false, Evidence.OBSERVED, NOON);
        List<String> none = List.of();
        Set<Long> digests = new HashSet<>();
        List<PublishedOutage> values = List.of(
                new PublishedOutage(outage, none, none, none),
                new PublishedOutage(
                        new Outage("epr", NOON, NOON + 1, false, Evidence.OBSERVED, NOON), none, none, none),
                new PublishedOutage(
                        new Outage("epr", NOON, Outage.OPEN, true, Evidence.OBSERVED, NOON), none, none, none),
                new PublishedOutage(
                        new Outage("epr", NOON, Outage.OPEN, false, Evidence.SILENCE, NOON), none, none, none),
                new PublishedOutage(
                        new Outage("epr", NOON, Outage.OPEN, false, Evidence.OBSERVED, NOON + 1), none, none, none),
                new PublishedOutage(outage, List.of("a"), none, none),
                new PublishedOutage(outage, none, List.of("a"), none),
                new PublishedOutage(outage, none, none, List.of("a")),
                new PublishedOutage(outage, none, none, List.of("a", "b")),
                new PublishedOutage(outage, none, none, List.of("ab")),
                new PublishedOutage(outage, none, 0, none, 0, List.of("ab"), 2));
        values.forEach(value -> digests.add(OutageDigest.of(value)));

        assertThat(digests).hasSameSizeAs(values);
        assertThat(OutageDigest.of(values.get(8)))
                .isEqualTo(OutageDigest.of(new PublishedOutage(outage, none, none, List.of("a", "b"))));
    }

    /** As after a crash: only the stores survive. */
    private void start() {
        tracker = new SituationTracker(new SituationStore(situationStore), progress);
        Situation situation = tracker.situation();
        publisher = new OutagePublisher(PARTITION, situation, tracker.outagesFrom(PARTITION), progress, (id, value) -> {
            sent.add(id);
            if (value == null) {
                topic.remove(id);
            } else {
                topic.put(id, value);
            }
        });
    }

    private void receive(Broadcast broadcast) {
        tracker.apply(broadcast);
        publisher.onBroadcast(broadcast);
    }

    private void turn() {
        tracker.settle(new TimeBudget(60_000_000_000L), affected -> {});
        publisher.publishDue(new TimeBudget(60_000_000_000L));
    }

    private static Broadcast systemPut(String systemId, String name, String... dependsOn) {
        return new Broadcast.SystemPut(new MonitoredSystem(
                systemId,
                name,
                "ZZ9",
                "APPLICATION",
                Set.of(dependsOn),
                new MonitoringPolicy(60_000, 60_000, 60_000),
                null));
    }

    private static Broadcast servicePut(String serviceId, String name, String systemId) {
        return new Broadcast.ServicePut(new CareService(
                serviceId,
                name,
                "ZZ9",
                "ZZ901",
                "320",
                Category.OUTPATIENT,
                List.of(new Requirement(systemId, Capability.RECORDS, 0))));
    }

    private static Broadcast outagePut(String systemId, long endedAt, int origin) {
        return new Broadcast.OutagePut(
                new Outage(systemId, NOON, endedAt, false, Evidence.OBSERVED, NOON), origin, NOON);
    }
}
