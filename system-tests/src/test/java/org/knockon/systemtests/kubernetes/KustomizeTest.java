package org.knockon.systemtests.kubernetes;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each overlay renders, and no manifest is forgotten. */
class KustomizeTest {

    private static final String KUSTOMIZATION = "kustomization.yaml";

    @Test
    void everyManifestBelongsToAnOverlay() {
        Set<String> named = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>();
        Stream.of(Overlay.values()).map(Overlay::folder).forEach(open::push);
        while (!open.isEmpty()) {
            String folder = open.pop();
            Manifest kustomization = Manifest.in(folder + "/" + KUSTOMIZATION).get(0);
            named.add(kustomization.file());
            for (String list : List.of("resources", "components")) {
                for (Object entry : kustomization.at(list) == null ? List.of() : (List<?>) kustomization.at(list)) {
                    String target =
                            Path.of(folder, entry.toString()).normalize().toString();
                    if (target.endsWith(".yaml")) {
                        named.add(target);
                    } else {
                        open.push(target);
                    }
                }
            }
            kustomization.maps("patches").forEach(patch -> named.add(folder + "/" + patch.get("path")));
        }

        assertThat(named).isEqualTo(Manifest.all().stream().map(Manifest::file).collect(toCollection(TreeSet::new)));
    }

    @ParameterizedTest
    @EnumSource
    void anOverlayRendersToValidManifests(Overlay overlay) throws IOException, InterruptedException {
        List<Manifest> rendered = Manifest.parse("rendered " + overlay.folder(), render(overlay));
        KeyRules rules = new KeyRules();

        assertThat(rendered)
                .allSatisfy(manifest -> assertThat(rules.problems(manifest)).isEmpty());
        assertThat(rendered)
                .extracting(Manifest::kind)
                .contains("StatefulSet", "Deployment", "Job", "ConfigMap", "Service", "NetworkPolicy", "PodMonitor")
                .contains("PodDisruptionBudget");
        List<Workload> workloads = rendered.stream()
                .filter(manifest -> manifest.at("spec.template.spec") != null)
                .map(Workload::new)
                .toList();
        String settings = rendered.stream()
                .filter(manifest -> manifest.kind().equals("ConfigMap"))
                .map(Manifest::name)
                .filter(name -> name.startsWith("knockon-servers"))
                .findFirst()
                .orElseThrow();
        String authority = overlay == Overlay.STRIMZI ? "kafka-cluster-ca-cert" : "knockon-trust";
        assertThat(workloads).hasSize(4).allSatisfy(workload -> {
            assertThat(workload.container().get("image")).asString().matches("knockon:[0-9].*");
            assertThat(Manifest.maps(workload.container().get("envFrom")))
                    .extracting(from -> Manifest.at(from, "configMapRef.name"))
                    .containsExactly(settings);
            assertThat(workload.secrets()).containsEntry("/run/secrets/trust", authority);
        });
    }

    private static String render(Overlay overlay) throws IOException, InterruptedException {
        Path kubectl = Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, "kubectl"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        if (kubectl == null) {
            String reason = "no kubectl on the PATH, so " + overlay.folder()
                    + " is not rendered; Debian's package kubernetes-client has it";
            System.out.println(reason);
            abort(reason);
        }
        Path errors = Files.createTempFile("kustomize", ".txt");
        try {
            Process process = new ProcessBuilder(
                            kubectl.toString(),
                            "kustomize",
                            Manifest.FOLDER.resolve(overlay.folder()).toString())
                    .redirectError(errors.toFile())
                    .start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
            return text;
        } finally {
            Files.delete(errors);
        }
    }
}
