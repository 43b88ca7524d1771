package org.knockon.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.ChangeReason;
import org.knockon.impact.model.Impact;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.impact.model.ImpactState;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.PublishedOutage;
import org.knockon.impact.model.Rules;
import org.knockon.oracle.worlds.RandomWorld;
import org.knockon.oracle.worlds.WorldEvent;

/** Checks that the random worlds exercise every rule: one that they do not exercise is not tested. */
class RandomWorldCoverageTest {

    private static final int WORLDS = 2000;
    private static final int AT_LEAST_PERCENT = 2;

    @Test
    void everyRuleOccursInManyWorlds() {
        Map<String, Integer> worldsByFeature = new TreeMap<>();
        EXPECTED.forEach(feature -> worldsByFeature.put(feature, 0));
        LongStream.range(0, WORLDS)
                .parallel()
                .mapToObj(seed -> features(RandomWorld.of(seed)))
                .toList()
                .forEach(features -> features.forEach(feature -> worldsByFeature.merge(feature, 1, Integer::sum)));

        worldsByFeature.forEach(
                (feature, worlds) -> System.out.printf("%5.1f %% of worlds: %s%n", 100.0 * worlds / WORLDS, feature));
        assertThat(worldsByFeature.keySet()).isEqualTo(EXPECTED);
        assertThat(worldsByFeature)
                .allSatisfy((feature, worlds) -> assertThat(worlds)
                        .as("worlds of %d in which there is: %s", WORLDS, feature)
                        .isGreaterThanOrEqualTo(WORLDS * AT_LEAST_PERCENT / 100));
    }

    private static final Set<String> EXPECTED = new TreeSet<>(Set.of(
            "state AT_RISK",
            "state UNCONFIRMED",
            "state DELIVERED_IN_DOWNTIME",
            "state AWAITING_DATE",
            "state REBOOKED",
            "state RECOVERED",
            "state ABANDONED",
            "no impact, although other appointments have one",
            "broken by (i) alone",
            "broken by (ii) alone",
            "broken by (iii) alone",
            "not broken by (ii) or (iii) because of a clinical reason",
            "no new date after a clinical reason",
            "several appointments of a service in one hour",
            "a service affected in both hours of autumn with the same local time",
            "two broken episodes in one appointment",
            "impact of an appointment with more versions than are kept",
            "new slot of a replacement",
            "abandoned through a replacement",
            "moved to an earlier slot",
            "no outage at the moment that made the impact",
            "outage with evidence SILENCE",
            "outage with evidence OBSERVED",
            "planned outage",
            "unplanned outage",
            "open outage",
            "outage of length 0",
            "outage with another outage as its root cause",
            "outage with several root causes",
            "outage in a cycle represented by its earliest",
            "outage that differs in another order of arrival",
            "impact that differs in another order of arrival"));

    private static Set<String> features(RandomWorld world) {
        Set<String> features = new TreeSet<>();
        Verdict verdict = BatchOracle.judge(world.inputs(), RandomWorld.rules(world.seed()));
        verdict.outages().values().forEach(outage -> addOutage(features, outage, verdict));
        verdict.impacts().values().forEach(impact -> addImpact(features, impact));
        verdict.counts().forEach((key, counts) -> addServiceHour(features, key, counts, verdict));
        addBroken(features, world, verdict);
        addDifferences(features, world, verdict);
        return features;
    }

    private static void addOutage(Set<String> features, PublishedOutage published, Verdict verdict) {
        Outage outage = published.outage();
        features.add("outage with evidence " + outage.evidence());
        features.add(outage.planned() ? "planned outage" : "unplanned outage");
        if (outage.open()) {
            features.add("open outage");
        }
        if (outage.startedAt() == verdict.now()) {
            features.add("outage of length 0");
        }
        if (!published.rootCauses().contains(outage.id())) {
            features.add("outage with another outage as its root cause");
        }
        if (published.rootCauses().size() > 1) {
            features.add("outage with several root causes");
        }
        for (String rootCause : published.rootCauses()) {
            Set<String> dependents =
                    new TreeSet<>(verdict.outages().get(rootCause).affectedSystems());
            boolean cycle = !rootCause.equals(outage.id())
                    && dependents.contains(outage.systemId())
                    && published
                            .affectedSystems()
                            .contains(verdict.outages().get(rootCause).outage().systemId());
            if (cycle) {
                features.add("outage in a cycle represented by its earliest");
            }
        }
    }

    private static void addImpact(Set<String> features, Impact impact) {
        features.add("state " + impact.state());
        if (impact.timesPostponed() > 1) {
            features.add("two broken episodes in one appointment");
        }
        if (impact.historyTruncated()) {
            features.add("impact of an appointment with more versions than are kept");
        }
        if (impact.delayMinutes() != null && impact.delayMinutes() < 0) {
            features.add("moved to an earlier slot");
        }
        if (impact.outageIds().isEmpty()) {
            features.add("no outage at the moment that made the impact");
        }
    }

    private static void addServiceHour(Set<String> features, String key, ImpactCounts counts, Verdict verdict) {
        if (!key.startsWith("SERVICE_HOUR|")) {
            return;
        }
        long appointments = counts.atRisk() + counts.unconfirmed() + counts.deliveredInDowntime() + counts.postponed();
        if (appointments > 1) {
            features.add("several appointments of a service in one hour");
        }
        if (key.endsWith("T01+01:00") && verdict.counts().containsKey(key.replace("T01+01:00", "T01+00:00"))) {
            features.add("a service affected in both hours of autumn with the same local time");
        }
    }

    private static void addBroken(Set<String> features, RandomWorld world, Verdict verdict) {
        Inputs inputs = world.inputs();
        Dependencies dependencies = new Dependencies(inputs.systems());
        Map<String, List<Outage>> outages = verdict.outages().values().stream()
                .map(PublishedOutage::outage)
                .collect(Collectors.groupingBy(Outage::systemId));
        Map<String, ServiceAvailability> availabilities = new HashMap<>();
        inputs.services()
                .forEach((id, service) ->
                        availabilities.put(id, ServiceAvailability.of(service, dependencies, outages)));
        List<History> histories =
                inputs.versions().stream()
                        .collect(Collectors.groupingBy(AppointmentVersion::appointmentId))
                        .values()
                        .stream()
                        .map(versions -> History.of(
                                versions, RandomWorld.rules(world.seed()).versionsKept()))
                        .flatMap(Optional::stream)
                        .toList();
        for (History history : histories) {
            AppointmentVersion last = history.last();
            Impact impact = verdict.impacts().get(last.appointmentId());
            if (impact == null && !verdict.impacts().isEmpty()) {
                features.add("no impact, although other appointments have one");
            }
            boolean out = !last.status().inTheBook();
            if (impact != null && out && impact.newSlot() != null) {
                features.add("new slot of a replacement");
            }
            if (impact != null
                    && out
                    && impact.state() == ImpactState.AWAITING_DATE
                    && last.changeReason() == ChangeReason.CLINICAL) {
                features.add("no new date after a clinical reason");
            }
            if (impact != null
                    && out
                    && impact.state() == ImpactState.ABANDONED
                    && last.changeReason() != ChangeReason.PATIENT) {
                features.add("abandoned through a replacement");
            }
            for (Episode episode : history.endedEpisodes()) {
                ServiceAvailability availability = Objects.requireNonNullElse(
                        availabilities.get(episode.serviceId()), ServiceAvailability.OF_NO_SERVICE);
                addReasons(features, episode, availability);
            }
        }
    }

    private static void addReasons(Set<String> features, Episode episode, ServiceAvailability availability) {
        boolean recorded = episode.reason() == ChangeReason.IT_OUTAGE;
        boolean slotWasLost = episode.slotWasLost(availability);
        boolean cancelledAhead = episode.cancelledAheadOfItsSlot(availability, Rules.DEFAULT.horizon());
        if (episode.reason() == ChangeReason.CLINICAL && (slotWasLost || cancelledAhead)) {
            features.add("not broken by (ii) or (iii) because of a clinical reason");
        }
        if (episode.reason() == ChangeReason.PATIENT || episode.reason() == ChangeReason.CLINICAL) {
            return;
        }
        if (recorded && !slotWasLost && !cancelledAhead) {
            features.add("broken by (i) alone");
        }
        if (!recorded && slotWasLost && !cancelledAhead) {
            features.add("broken by (ii) alone");
        }
        if (!recorded && !slotWasLost && cancelledAhead) {
            features.add("broken by (iii) alone");
        }
    }

    private static void addDifferences(Set<String> features, RandomWorld world, Verdict verdict) {
        List<WorldEvent> arrival = world.shuffled(1);
        for (int percent = 40; percent < 100; percent += 40) {
            Verdict before = BatchOracle.judge(
                    RandomWorld.inputs(arrival.subList(0, arrival.size() * percent / 100)),
                    RandomWorld.rules(world.seed()));
            if (!verdict.outages().keySet().containsAll(before.outages().keySet())) {
                features.add("outage that differs in another order of arrival");
            }
            if (!verdict.impacts().entrySet().containsAll(before.impacts().entrySet())) {
                features.add("impact that differs in another order of arrival");
            }
        }
    }
}
