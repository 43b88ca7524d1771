package org.knockon.systemtests.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.knockon.cli.Knockon;

/** What one manifest names, another one has: ports, volumes, labels, the image and its user. */
class ReferencesTest {

    private static final Set<String> HEALTH_PATHS = Set.of("/health/live", "/health/ready");
    private static final int TWENTY_MINUTES = 20 * 60;
    private static final int SECONDS_TO_STOP = 40;

    static List<Workload> workloads() {
        return Workload.all();
    }

    static List<Workload> servers() {
        return List.of(
                Workload.named("knockon-streams"),
                Workload.named("knockon-war-room"),
                Workload.named("knockon-ingest"));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void probesAskWhatTheServerServes(Workload server) {
        Map<String, Object> container = server.container();
        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            assertThat(HEALTH_PATHS).contains((String) Manifest.at(container, probe + ".httpGet.path"));
            assertThat(server.ports()).containsKey((String) Manifest.at(container, probe + ".httpGet.port"));
        }

        assertThat(Manifest.at(container, "startupProbe.httpGet.path")).isEqualTo("/health/live");
        assertThat(Manifest.at(container, "livenessProbe.httpGet.path")).isEqualTo("/health/live");
        assertThat(Manifest.at(container, "readinessProbe.httpGet.path")).isEqualTo("/health/ready");
        assertThat((Integer) Manifest.at(container, "startupProbe.periodSeconds")
                        * (Integer) Manifest.at(container, "startupProbe.failureThreshold"))
                .as("time to start, s")
                .isEqualTo(TWENTY_MINUTES);
        assertThat((Integer) server.pod().get("terminationGracePeriodSeconds")).isGreaterThan(SECONDS_TO_STOP);
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void everyVolumeIsMountedAndEveryMountHasAVolume(Workload workload) {
        assertThat(new HashSet<>(workload.mounts().values())).isEqualTo(workload.volumes());
        assertThat(workload.mounts()).containsKey("/tmp");
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void runsTheImageOfThisBuildAsItsUserWithABoundedMemory(Workload workload) throws IOException {
        Map<String, Object> container = workload.container();
        String folder = workload.manifest().file().replaceFirst("/.*", "");
        Manifest kustomization = Manifest.in(folder + "/kustomization.yaml").get(0);

        assertThat(kustomization.maps("images"))
                .containsExactly(Map.of("name", container.get("image"), "newTag", version()));
        assertThat(Files.readString(Manifest.FOLDER.resolveSibling("Dockerfile")))
                .containsPattern("(?m)^USER " + Manifest.at(workload.pod(), "securityContext.runAsUser") + "\\b")
                .contains("ENTRYPOINT [");
        assertThat(container).as("the image has an entry point of its own").doesNotContainKey("command");
        assertThat(Manifest.at(container, "resources.limits.memory"))
                .isNotNull()
                .isEqualTo(Manifest.at(container, "resources.requests.memory"));
        assertThat(Manifest.at(container, "securityContext.readOnlyRootFilesystem"))
                .isEqualTo(true);
        assertThat(Manifest.at(container, "securityContext.capabilities.drop")).isEqualTo(List.of("ALL"));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aWorkloadSelectsItsOwnPods(Workload workload) {
        Map<String, Object> selected = workload.manifest().map("spec.selector.matchLabels");

        assertThat(workload.labels()).isNotEmpty().isEqualTo(selected);
        Manifest.maps(workload.pod().get("topologySpreadConstraints"))
                .forEach(spread -> assertThat(Manifest.at(spread, "labelSelector.matchLabels"))
                        .isEqualTo(selected));
        assertThat(workload.manifest().map("metadata.labels")).containsAllEntriesOf(selected);
    }

    @Test
    void instancesSpreadOverZonesAndMachinesAndAreReplacedOneByOne() {
        Workload streams = Workload.named("knockon-streams");

        assertThat(Manifest.maps(streams.pod().get("topologySpreadConstraints")))
                .extracting(spread -> spread.get("topologyKey"))
                .containsExactly("topology.kubernetes.io/zone", "kubernetes.io/hostname");
        assertThat(streams.manifest().at("spec.podManagementPolicy")).isEqualTo("Parallel");
        assertThat(only("PodDisruptionBudget").at("spec.maxUnavailable")).isEqualTo(1);
        assertThat(only("PodDisruptionBudget").map("spec.selector.matchLabels")).isEqualTo(streams.labels());
        assertThat(ofKind("Service")).extracting(Manifest::name).contains((String)
                streams.manifest().at("spec.serviceName"));
    }

    /** An instance that stands by is never ready: a rollout that waits for it would never end. */
    @Test
    void aRolloutOfIngestWaitsForNoPodThatStandsBy() {
        Manifest ingest = Workload.named("knockon-ingest").manifest();

        assertThat((Integer) ingest.at("spec.replicas")).isEqualTo(2);
        assertThat(ingest.at("spec.strategy.rollingUpdate.maxUnavailable")).isEqualTo(ingest.at("spec.replicas"));
    }

    /** A selector that selects nothing is a mistake that a cluster does not report. */
    @Test
    void everySelectorSelectsPodsThatHaveThePortsItNames() {
        for (Manifest service : ofKind("Service")) {
            List<Workload> selected = selected(service.map("spec.selector"));
            assertThat(selected).as(service.toString()).hasSize(1);
            service.maps("spec.ports")
                    .forEach(port -> assertThat(selected.get(0).ports()).containsKey((String) port.get("targetPort")));
        }
        for (Manifest policy : ofKind("NetworkPolicy")) {
            List<Workload> selected = selected(policy.map("spec.podSelector.matchLabels"));
            assertThat(selected).as(policy.toString()).isNotEmpty();
            for (Map<String, Object> rule : policy.maps("spec.ingress")) {
                Manifest.maps(rule.get("ports"))
                        .forEach(port -> assertThat(selected)
                                .as(policy.toString())
                                .anySatisfy(pod -> assertThat(pod.ports()).containsKey((String) port.get("port"))));
            }
        }
    }

    @Test
    void prometheusFindsAllServersUnderTheJobsOfTheAlerts() {
        Manifest monitor = only("PodMonitor");
        String label = monitor.text("spec.jobLabel");
        List<Map<String, Object>> endpoints = monitor.maps("spec.podMetricsEndpoints");

        assertThat(selected(monitor.map("spec.selector.matchLabels"))).containsAll(servers());
        assertThat(monitor.maps("spec.selector.matchExpressions"))
                .containsExactly(
                        Map.of("key", label, "operator", "In", "values", List.of("streams", "war-room", "ingest")));
        assertThat(servers())
                .extracting(server -> server.labels().get(label))
                .containsExactly("streams", "war-room", "ingest");
        assertThat(endpoints).hasSize(1);
        assertThat(endpoints.get(0)).containsEntry("path", "/metrics");
        assertThat(servers())
                .allSatisfy(server -> assertThat(server.ports())
                        .containsKey((String) endpoints.get(0).get("port")));
    }

    private static List<Workload> selected(Map<String, Object> labels) {
        assertThat(labels).isNotEmpty();
        return Workload.all().stream()
                .filter(workload -> workload.labels().entrySet().containsAll(labels.entrySet()))
                .toList();
    }

    private static Manifest only(String kind) {
        List<Manifest> found = ofKind(kind);
        assertThat(found).as(kind).hasSize(1);
        return found.get(0);
    }

    private static List<Manifest> ofKind(String kind) {
        List<Manifest> found = new ArrayList<>(Manifest.all());
        found.removeIf(manifest -> !manifest.kind().equals(kind));
        return found;
    }

    private static String version() throws IOException {
        Properties versions = new Properties();
        try (InputStream in = Knockon.class.getResourceAsStream("version.properties")) {
            versions.load(in);
        }
        return versions.getProperty("knockon");
    }
}
