package org.knockon.systemtests.docker;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.server.config.AbstractKafkaConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.knockon.cli.Knockon;
import org.knockon.cli.rights.Role;
import org.knockon.cli.settings.ServerOptions;
import org.knockon.cli.settings.Settings;
import org.knockon.streams.app.StreamsAppSettings;
import org.knockon.systemtests.KnownSettings;

/** What docker/compose.secure.yaml must hold whatever else it does. That it works is seen where a Docker engine is. */
class SecureComposeTest {

    private static final ComposeFile FILE = ComposeFile.read("compose.secure.yaml");
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{file:[^}]+}");
    private static final Pattern USER = Pattern.compile("username=\"knockon-([a-z-]+)\"");
    /** Settings that the authorizer or Kafka's own ConfigProviders read; the broker does not list them. */
    private static final Set<String> READ_ELSEWHERE =
            Set.of("super.users", "allow.everyone.if.no.acl.found", "config.providers", "config.providers.file.class");

    private static final String SECRETS_JOB = "secrets";
    private static final String SECRETS = "secrets-";
    private static final String PASSWORD_OF_A_SECRET = "(?i).*(password|user[._]info|jaas).*";

    static List<ComposeFile.Service> services() {
        return List.copyOf(FILE.services().values());
    }

    static List<ComposeFile.Service> brokers() {
        return services().stream()
                .filter(service -> service.name().startsWith("broker-"))
                .toList();
    }

    /** Those that run knockon with settings of their own. */
    static List<ComposeFile.Service> clients() {
        return services().stream()
                .filter(service -> service.environment().containsKey("KAFKA_BOOTSTRAP_SERVERS"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("services")
    void isHardened(ComposeFile.Service service) {
        assertThat(service.list("cap_drop")).containsExactly("ALL");
        assertThat(service.list("security_opt")).containsExactly("no-new-privileges:true");
        assertThat(service.content())
                .containsEntry("read_only", true)
                .containsKeys("mem_limit", "pids_limit", "logging")
                .doesNotContainKeys("cap_add", "privileged", "network", "pid", "devices");
        assertThat(String.valueOf(service.content().getOrDefault("user", "1000")))
                .startsWith("1000");
    }

    @ParameterizedTest
    @MethodSource("services")
    void isHealthyOrAJobThatEnds(ComposeFile.Service service) throws IOException {
        if (service.isJob()) {
            assertThat(service.map("healthcheck")).isEqualTo(Map.of("disable", true));
        } else if (String.valueOf(service.content().get("image")).startsWith("knockon:")) {
            // Its image has a check; here it only gets time to start.
            assertThat(service.map("healthcheck")).containsOnlyKeys("start_period");
            assertThat(Files.readString(ComposeFile.FOLDER.resolve("Dockerfile")))
                    .contains("\nHEALTHCHECK ");
        } else {
            assertThat(service.map("healthcheck")).containsKeys("test", "interval", "timeout", "retries");
        }
    }

    @ParameterizedTest
    @MethodSource("services")
    void waitsForTheEndOfAJobAndTheHealthOfTheOthers(ComposeFile.Service service) {
        service.map("depends_on")
                .forEach((other, condition) -> assertThat(condition)
                        .as("%s waits for %s", service, other)
                        .isEqualTo(Map.of(
                                "condition",
                                FILE.services().get(other).isJob()
                                        ? "service_completed_successfully"
                                        : "service_healthy")));
        assertThat(service.name().equals(SECRETS_JOB) || service.content().containsKey("depends_on"))
                .as("%s waits for something", service)
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("clients")
    void hasOnlySettingsThatExist(ComposeFile.Service service) {
        Settings settings = new ServerOptions().resolve(Map.of(), withoutReferences(service.environment()));

        assertThat(StreamsAppSettings.parse(settings.ours(), settings.client())
                        .client()
                        .keySet())
                .isNotEmpty()
                .allSatisfy(name ->
                        assertThat(KnownSettings.contains(name)).as(name).isTrue());
    }

    @ParameterizedTest
    @MethodSource("clients")
    void hasAValidCommand(ComposeFile.Service service) {
        assertThatCode(() ->
                        Knockon.commandLine().parseArgs(service.list("command").toArray(String[]::new)))
                .doesNotThrowAnyException();
    }

    /** A broker ignores a misspelt setting, and would then allow more than intended. */
    @ParameterizedTest
    @MethodSource("brokers")
    void brokersHaveOnlySettingsThatExist(ComposeFile.Service broker) {
        assertThat(settings(broker).keySet())
                .map(name -> name.replaceFirst("^listener\\.name\\.[a-z]+\\.(scram-sha-512\\.)?", ""))
                .filteredOn(name -> !READ_ELSEWHERE.contains(name))
                .hasSizeGreaterThan(20)
                .isSubsetOf(AbstractKafkaConfig.CONFIG_DEF.names());
    }

    @ParameterizedTest
    @MethodSource("brokers")
    void brokersLetNobodyInWithoutALogInAndAllowNothingByThemselves(ComposeFile.Service broker) {
        Map<String, String> settings = settings(broker);

        assertThat(settings)
                .containsEntry("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
                .containsEntry("allow.everyone.if.no.acl.found", "false")
                .containsEntry("auto.create.topics.enable", "false")
                .containsEntry("default.replication.factor", "3")
                .containsEntry("min.insync.replicas", "2")
                .containsEntry("sasl.enabled.mechanisms", "SCRAM-SHA-512");
        Map<String, String> protocols = Arrays.stream(
                        settings.get("listener.security.protocol.map").split(","))
                .map(entry -> entry.split(":"))
                .collect(toMap(entry -> entry[0], entry -> entry[1]));
        assertThat(protocols.values()).hasSize(4).containsOnly("SSL", "SASL_SSL");
        protocols.forEach((listener, protocol) -> {
            String prefix = "listener.name." + listener.toLowerCase(Locale.ROOT) + ".";
            if (protocol.equals("SSL")) {
                assertThat(settings).containsEntry(prefix + "ssl.client.auth", "required");
            } else {
                assertThat(settings).containsKey(prefix + "scram-sha-512.sasl.jaas.config");
            }
        });
        assertThat(settings.get("super.users"))
                .isEqualTo(Stream.concat(
                                brokers().stream()
                                        .map(ComposeFile.Service::name)
                                        .sorted(),
                                Stream.of("admin"))
                        .map(name -> "User:CN=" + name)
                        .collect(joining(";")));
    }

    @Test
    void everyRoleOfTheTableHasAServiceThatLogsInAsItsUser() {
        Set<String> users = clients().stream()
                .flatMap(service -> USER.matcher(service.environment().getOrDefault("KAFKA_SASL_JAAS_CONFIG", ""))
                        .results())
                .map(user -> user.group(1))
                .collect(toSet());

        assertThat(users).isEqualTo(Stream.of(Role.values()).map(Role::toString).collect(toSet()));
    }

    /** The secrets of a service are those of its user, and nobody else sees them but the job that makes them. */
    @ParameterizedTest
    @MethodSource("services")
    void seesOnlyItsOwnSecrets(ComposeFile.Service service) {
        Set<String> seen = service.mounts().keySet().stream()
                .filter(volume -> volume.startsWith(SECRETS) || volume.equals("authority"))
                .collect(toSet());

        if (service.name().equals(SECRETS_JOB)) {
            assertThat(seen)
                    .isEqualTo(FILE.volumes().stream()
                            .filter(volume -> volume.startsWith(SECRETS) || volume.equals("authority"))
                            .collect(toSet()));
        } else if (!service.name().equals("wall-access")) {
            String own = USER.matcher(service.environment().getOrDefault("KAFKA_SASL_JAAS_CONFIG", ""))
                    .results()
                    .map(user -> user.group(1))
                    .findFirst()
                    .orElse(service.name());
            assertThat(seen).containsExactly(SECRETS + own);
            assertThat(service.list("volumes"))
                    .filteredOn(mount -> mount.startsWith(SECRETS))
                    .allMatch(mount -> mount.endsWith(":ro"));
        }
    }

    @ParameterizedTest
    @MethodSource("services")
    void holdsNoSecretItself(ComposeFile.Service service) {
        service.environment().forEach((name, value) -> {
            if (name.matches(PASSWORD_OF_A_SECRET) && !value.endsWith("ScramLoginModule required;")) {
                assertThat(value).as("%s of %s", name, service).containsPattern(REFERENCE);
            }
        });
        assertThat(references(service))
                .allSatisfy(file -> assertThat(service.mounts().values())
                        .as("folder of %s in %s", file, service)
                        .anyMatch(folder -> file.startsWith(folder + "/")));
    }

    /** A new volume takes the owner of the folder in the image. */
    @Test
    void theImageHasTheFoldersOfTheSecrets() throws IOException {
        String dockerfile = Files.readString(ComposeFile.FOLDER.resolve("Dockerfile"));

        assertThat(FILE.services().get(SECRETS_JOB).mounts().values())
                .filteredOn(folder -> folder.startsWith("/etc/"))
                .hasSizeGreaterThan(10)
                .allSatisfy(folder -> assertThat(dockerfile)
                        .containsPattern("mkdir[^&]* " + folder.substring("/etc/".length()) + "\\s"));
    }

    private static Stream<String> references(ComposeFile.Service service) {
        return service.environment().values().stream()
                .flatMap(value -> Pattern.compile("\\$\\{file:([^:}]+):[^}]+}")
                        .matcher(value)
                        .results())
                .map((MatchResult reference) -> reference.group(1));
    }

    private static Map<String, String> withoutReferences(Map<String, String> environment) {
        return environment.entrySet().stream()
                .collect(toMap(
                        Map.Entry::getKey,
                        variable -> REFERENCE.matcher(variable.getValue()).replaceAll("secret")));
    }

    /** The settings of a broker, named by the rule of Kafka's image. */
    private static Map<String, String> settings(ComposeFile.Service broker) {
        return broker.environment().entrySet().stream()
                .filter(variable -> variable.getKey().startsWith("KAFKA_")
                        && !variable.getKey().equals("KAFKA_HEAP_OPTS"))
                .collect(toMap(variable -> name(variable.getKey()), Map.Entry::getValue));
    }

    private static String name(String variable) {
        return variable.substring("KAFKA_".length())
                .toLowerCase(Locale.ROOT)
                .replace("___", "-")
                .replace("__", "\u0000")
                .replace('_', '.')
                .replace('\u0000', '_');
    }
}
