package org.knockon.systemtests.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** No manifest has a key that Kubernetes does not know, or a value of another type. */
class KeyRulesTest {

    private final KeyRules rules = new KeyRules();

    static List<Manifest> manifests() {
        return Manifest.all();
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void everyKeyOfAManifestIsKnown(Manifest manifest) {
        assertThat(rules.problems(manifest)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "livenessProbe:, livenessprobe:, unknown key",
        "podManagementPolicy: Parallel, podManagementPolicy: parallel, is not OrderedReady or Parallel",
        "replicas: 2, replicas: \"2\", is not number",
        "memory: 2Gi, memory: 2 GB, is not quantity",
        "automountServiceAccountToken: false, automountServiceAccountToken: \"false\", is not boolean",
        "value: \"8080\", value: 8080, is not text",
        "args: [stream], args: stream, is not of the right shape",
        "apiVersion: apps/v1, apiVersion: extensions/v1beta1, is not apps/v1",
        "kind: StatefulSet, kind: Statefulset, unknown kind",
    })
    void findsAMistake(String right, String wrong, String problem) throws IOException {
        String text = Files.readString(Manifest.FOLDER.resolve("base/streams.yaml"));
        assertThat(text).contains(right);

        List<Manifest> mistaken = Manifest.parse("base/streams.yaml", text.replace(right, wrong));

        assertThat(mistaken.stream().flatMap(manifest -> rules.problems(manifest).stream()))
                .isNotEmpty()
                .allSatisfy(found -> assertThat(found).contains(problem));
    }
}
