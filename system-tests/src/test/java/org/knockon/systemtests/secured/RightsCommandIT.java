package org.knockon.systemtests.secured;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.cli.rights.RightsTable;
import org.knockon.cli.rights.Role;
import org.knockon.systemtests.CommandRun;
import org.knockon.systemtests.SharedSandbox;

/** {@code knockon rights add} on a broker that allows nothing else. */
@ExtendWith({SharedSandbox.class, SharedSecuredBroker.class})
@Timeout(180)
class RightsCommandIT {

    private static final String PREFIX = "clinic.";
    private static final String USERS = "clinic-";

    @TempDir
    private Path folder;

    @Test
    void createsUsersWithTheirRightsAndChangesNothingTheNextTime(SecuredCluster broker, SharedSandbox.Place place)
            throws Exception {
        String[] add = {"rights", "add", "--scram-passwords", passwords(), "--user-prefix", USERS, "--prefix", PREFIX};

        CommandRun first = CommandRun.with(broker.administrator(), add);
        CommandRun again = CommandRun.with(broker.administrator(), add);

        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(first.out().lines()).containsExactlyElementsOf(summary("%d rights added, 0 existed"));
        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(again.out().lines()).containsExactlyElementsOf(summary("0 rights added, %d existed"));

        Map<String, String> settings =
                Map.of("schema.registry.url", place.schemaRegistryUrl(), "knockon.prefix", PREFIX);
        assertThat(CommandRun.with(broker.login(USERS + "deployer", settings), "topics", "create")
                        .exitCode())
                .isZero();
        for (Role role : List.of(Role.PRODUCER, Role.WAR_ROOM)) {
            CommandRun doctor =
                    CommandRun.with(broker.login(USERS + role, settings), "doctor", "--for", role.toString());
            assertThat(doctor.exitCode()).as(doctor.out() + doctor.err()).isZero();
        }
        assertThat(CommandRun.with(broker.login(USERS + "producer", settings), "doctor", "--for", "streams")
                        .out())
                .contains("DENIED");
    }

    @Test
    void refusesAUserWhoIsNoAdministrator(SecuredCluster broker) {
        CommandRun run = CommandRun.with(broker.user("visitor", Map.of()), "rights", "add", "--for", "streams");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .startsWith("knockon: cannot read the rights of User:knockon-streams: ")
                .endsWith("Log in as an administrator of the cluster.");
    }

    @Test
    void saysThatTheBrokerHasNoAuthorizer(SharedSandbox.Place place) {
        CommandRun run = CommandRun.with(
                new String[] {"--bootstrap-server", place.bootstrapServers()}, "rights", "add", "--for", "streams");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).contains("Set authorizer.class.name on the brokers first.");
    }

    private String passwords() throws Exception {
        return Files.writeString(
                        folder.resolve("passwords.properties"),
                        Stream.of(Role.values())
                                .map(role -> role + "=" + SecuredCluster.password(USERS + role) + "\n")
                                .collect(Collectors.joining()))
                .toString();
    }

    /** A line for each role, with the number of operations that the table gives it. */
    private static List<String> summary(String format) {
        return Stream.of(Role.values())
                .map(role -> USERS + role + ": password set, "
                        + format.formatted(RightsTable.of(role, PREFIX, PREFIX + "streams").stream()
                                .mapToInt(right -> right.operations().size())
                                .sum()))
                .toList();
    }
}
