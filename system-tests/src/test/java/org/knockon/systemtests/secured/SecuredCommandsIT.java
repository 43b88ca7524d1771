package org.knockon.systemtests.secured;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.cli.rights.RightsTable;
import org.knockon.cli.rights.Role;
import org.knockon.systemtests.CommandRun;
import org.knockon.systemtests.SharedSandbox;

/** The commands of each role, one after the other, with the rights of the table and no more. */
@ExtendWith({SharedSandbox.class, SharedSecuredBroker.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(300)
class SecuredCommandsIT {

    private static final String PREFIX = "ward.";

    private final Map<Role, String[]> login = new EnumMap<>(Role.class);

    @BeforeAll
    void giveEachRoleItsRights(SecuredBroker broker, SharedSandbox.Place place) {
        for (Role role : Role.values()) {
            String user = "ward-" + role;
            login.put(
                    role,
                    broker.user(
                            user, Map.of("schema.registry.url", place.schemaRegistryUrl(), "knockon.prefix", PREFIX)));
            broker.allow(user, RightsTable.of(role, PREFIX, PREFIX + "streams"));
        }
    }

    @Test
    @Order(1)
    void theDeployerCreatesTopicsAndComparesThem() {
        assertDone(run(Role.DEPLOYER, "topics", "create"));
        assertDone(run(Role.DEPLOYER, "topics", "create"));
    }

    @Test
    @Order(2)
    void aProducerWritesInput(@TempDir Path folder) throws IOException {
        Path line = Files.writeString(folder.resolve("systems.jsonl"), "{\"key\":\"pas\",\"value\":null}\n");

        assertDone(run(Role.PRODUCER, "produce", "--topic", "systems", "--file", line.toString()));
    }

    @Test
    @Order(3)
    void theStreamsAppCountsIt(@TempDir Path folder) {
        CommandRun stream = run(
                Role.STREAMS,
                "stream",
                "--until-idle",
                "--timeout",
                "PT4M",
                "--set",
                "state.dir=" + folder,
                "--set",
                "http.port=-1");

        assertDone(stream);
        assertThat(stream.out()).contains("idle after");
        assertDone(run(Role.STREAMS, "doctor", "--for", "streams"));
    }

    @Test
    @Order(4)
    void theWarRoomReadsTheCounts() {
        assertDone(run(Role.WAR_ROOM, "watch", "--once"));
    }

    @Test
    @Order(5)
    void aReplayRunsOnTheClusterAndContinues() {
        String[] replay = {"replay", "pas-outage-demo", "--verify", "--headless", "--run", "secured"};

        assertDone(run(Role.REPLAY, replay));
        assertDone(run(Role.REPLAY, replay));
    }

    private CommandRun run(Role role, String... arguments) {
        return CommandRun.with(login.get(role), arguments);
    }

    private static void assertDone(CommandRun run) {
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    }
}
