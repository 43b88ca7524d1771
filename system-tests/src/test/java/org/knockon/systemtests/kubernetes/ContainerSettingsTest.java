package org.knockon.systemtests.kubernetes;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.knockon.cli.Knockon;
import org.knockon.cli.settings.ServerOptions;
import org.knockon.cli.settings.Settings;
import org.knockon.streams.app.StreamsAppSettings;
import org.knockon.systemtests.KnownSettings;

/** The command lines and variables of the containers, read by the parsers of the commands that they start. */
class ContainerSettingsTest {

    private static final String PLAIN_HTTP = "KNOCKON_HTTP_PORT";
    private static final String HEALTH = "KNOCKON_HEALTH_PORT";
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{dir:([^:}]+):([^}]+)}");
    private static final Pattern FILE = Pattern.compile("(?<![\\w:/.])(/[a-z][\\w.-]*/[\\w./-]+)");

    record Case(Workload workload, Overlay overlay) {
        Map<String, String> environment() {
            return workload.environment(overlay);
        }

        @Override
        public String toString() {
            return workload + " of " + overlay.folder();
        }
    }

    static List<Workload> workloads() {
        return Workload.all();
    }

    static List<Case> cases() {
        return Workload.all().stream()
                .flatMap(workload -> Stream.of(Overlay.values()).map(overlay -> new Case(workload, overlay)))
                .toList();
    }

    @Test
    void thereAreAStreamsAppAWarRoomAnIngestAndAJob() {
        assertThat(workloads())
                .extracting(Workload::toString)
                .containsExactlyInAnyOrder("knockon-streams", "knockon-war-room", "knockon-ingest", "knockon-topics");
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void everyCommandLineIsValid(Workload workload) {
        assertThatCode(() ->
                        Knockon.commandLine().parseArgs(workload.arguments().toArray(String[]::new)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyVariableIsASetting(Case one) {
        Settings settings = settings(one.environment());
        StreamsAppSettings parsed = StreamsAppSettings.parse(settings.ours(), settings.client());

        assertThat(parsed.client().keySet())
                .allSatisfy(name ->
                        assertThat(KnownSettings.contains(name)).as(name).isTrue());
        assertThat(parsed.client()).containsKeys("bootstrap.servers", "schema.registry.url", "sasl.jaas.config");
        assertThat(parsed.client())
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("sasl.mechanism", "SCRAM-SHA-512");
    }

    @Test
    void recognizesAMisspeltSetting() {
        assertThat(Stream.of("group.instance.id", "client.tag.zone", "schema.registry.ssl.truststore.type"))
                .allMatch(KnownSettings::contains);
        assertThat(Stream.of("group.instanceid", "client.tags.zone", "schema.registry.ssl.truststore", "topic.min.isr"))
                .noneMatch(KnownSettings::contains);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyFileIsMounted(Case one) {
        Set<String> files = files(one);

        assertThat(files)
                .hasSizeGreaterThan(3)
                .allSatisfy(file -> assertThat(
                                one.workload().mounts().keySet().stream().filter(folder -> under(folder, file)))
                        .as(file)
                        .hasSize(1));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyMountedSecretIsRead(Case one) {
        Set<String> files = files(one);

        assertThat(one.workload().secrets().keySet())
                .isNotEmpty()
                .allSatisfy(folder -> assertThat(files).anyMatch(file -> under(folder, file)));
    }

    /** The file of a Secret is a key of it. */
    @Test
    void theReadmeListsEverySecretWithItsKeys() {
        Set<String> used = cases().stream()
                .flatMap(one -> one.workload().secrets().entrySet().stream()
                        .flatMap(mounted -> files(one).stream()
                                .filter(file -> under(mounted.getKey(), file))
                                .map(file -> mounted.getValue() + " "
                                        + file.substring(mounted.getKey().length() + 1))))
                .collect(toSet());

        assertThat(Readme.secrets()).isNotEmpty().isEqualTo(used);
    }

    @Test
    void theStreamsAppKeepsItsNameItsPlaceAndACopy() {
        Workload streams = Workload.named("knockon-streams");
        Settings settings = settings(streams.environment(Overlay.PLAIN));
        StreamsAppSettings parsed = StreamsAppSettings.parse(settings.ours(), settings.client());

        assertThat(parsed.client()).containsEntry("group.instance.id", "knockon-streams-0");
        assertThat(settings.ours()).containsEntry("on.stop", "stay");
        assertThat(parsed.standbyReplicas()).isEqualTo(1);
        assertThat((Integer) streams.manifest().at("spec.replicas")).isGreaterThan(parsed.standbyReplicas());
        assertThat(parsed.stateDir()).hasToString("/var/lib/knockon");
        assertThat(streams.mounts()).containsEntry("/var/lib/knockon", "state");
    }

    /** Before Kubernetes 1.35 a pod has no such label. Kafka refuses an empty tag, and one of over 30 characters. */
    @ParameterizedTest
    @CsvSource({"europe-west2-a", "northamerica-northeast1-a", "''"})
    void kafkaAcceptsTheZone(String zone) {
        Map<String, String> environment = Workload.named("knockon-streams").environment(Overlay.PLAIN, zone);

        StreamsConfig config = new StreamsConfig(Map.of(
                "application.id",
                "any",
                "bootstrap.servers",
                "any:9092",
                "rack.aware.assignment.tags",
                environment.get("KAFKA_RACK_AWARE_ASSIGNMENT_TAGS"),
                "client.tag.zone",
                environment.get("KAFKA_CLIENT_TAG_ZONE")));

        assertThat(config.getList(StreamsConfig.RACK_AWARE_ASSIGNMENT_TAGS_CONFIG))
                .containsExactly("zone");
        assertThat(config.getClientTags()).isEqualTo(Map.of("zone", "z-" + zone));
    }

    @Test
    void theHealthPortIsThatOfTheSettings() {
        assertThat(portSetBy(PLAIN_HTTP, "knockon-streams")).isEqualTo(portNamed("health", "knockon-streams"));
        assertThat(portSetBy(HEALTH, "knockon-war-room")).isEqualTo(portNamed("health", "knockon-war-room"));
        assertThat(Workload.named("knockon-war-room").arguments())
                .contains("--port=" + portNamed("https", "knockon-war-room"));
        assertThat(portSetBy(HEALTH, "knockon-ingest")).isEqualTo(portNamed("health", "knockon-ingest"));
    }

    private static Settings settings(Map<String, String> environment) {
        return new ServerOptions().resolve(Map.of(), withoutSecrets(environment));
    }

    private static String portSetBy(String variable, String workload) {
        return Workload.named(workload).environment(Overlay.PLAIN).get(variable);
    }

    private static String portNamed(String name, String workload) {
        return String.valueOf(Workload.named(workload).ports().get(name));
    }

    /** Every path of a file in a variable or an argument, with what follows from a reference to a Secret. */
    private static Set<String> files(Case one) {
        List<String> texts = new ArrayList<>(one.workload().arguments());
        texts.addAll(one.environment().values());
        texts.addAll(one.workload().configuration());
        Set<String> files = new TreeSet<>();
        for (String text : texts) {
            REFERENCE.matcher(text).results().forEach(found -> files.add(found.group(1) + "/" + found.group(2)));
            String rest = REFERENCE.matcher(text).replaceAll("");
            FILE.matcher(rest).results().map(MatchResult::group).forEach(files::add);
        }
        return files;
    }

    private static boolean under(String folder, String file) {
        return file.equals(folder) || file.startsWith(folder + "/");
    }

    private static Map<String, String> withoutSecrets(Map<String, String> environment) {
        return environment.entrySet().stream()
                .collect(toMap(
                        Map.Entry::getKey,
                        variable -> REFERENCE.matcher(variable.getValue()).replaceAll("secret")));
    }
}
