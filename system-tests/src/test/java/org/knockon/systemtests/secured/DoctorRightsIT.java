package org.knockon.systemtests.secured;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.knockon.cli.rights.AclCommand;
import org.knockon.cli.rights.Right;
import org.knockon.cli.rights.RightsTable;
import org.knockon.cli.rights.Role;
import org.knockon.systemtests.CommandRun;
import org.knockon.systemtests.SharedSandbox;

/** What {@code knockon doctor} says to users who have exactly the rights of the table, and to users who lack one of them. */
@ExtendWith({SharedSandbox.class, SharedSecuredBroker.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class DoctorRightsIT {

    private static final String PREFIX = "trust.";
    private static final String APPLICATION_ID = "trust.streams";

    private final Map<Role, String[]> login = new EnumMap<>(Role.class);
    private SecuredCluster broker;
    private String registry;

    static Stream<ForgottenRight> forgotten() {
        return ForgottenRight.all();
    }

    @BeforeAll
    void giveEachRoleItsRights(SecuredCluster secured, SharedSandbox.Place place)
            throws ExecutionException, InterruptedException {
        broker = secured;
        registry = place.schemaRegistryUrl();
        Map<String, String[]> users =
                broker.users(Stream.of(Role.values()).map(Role::toString).toList(), settings(PREFIX));
        for (Role role : Role.values()) {
            login.put(role, users.get(role.toString()));
            broker.allow(role.toString(), RightsTable.of(role, PREFIX, APPLICATION_ID));
        }
        CommandRun created = CommandRun.with(login.get(Role.DEPLOYER), "topics", "create");
        assertThat(created.exitCode()).as(created.err()).isZero();
        // As the app and a replay create them.
        broker.admin()
                .createTopics(Stream.of(APPLICATION_ID + "-work-changelog", PREFIX + "replay.rehearsal.systems")
                        .map(name -> new NewTopic(name, Optional.of(1), Optional.empty()))
                        .toList())
                .all()
                .get();
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void allIsOkWithTheRightsOfTheTable(Role role) {
        CommandRun run = doctor(role);

        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.json().get(0).get("checks"))
                .allSatisfy(check -> assertThat(result(check)).isEqualTo("ok"));
        assertThat(run.json().get(0).get("missingRights")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("forgotten")
    void namesARightThatIsMissing(ForgottenRight forgotten) {
        String user = forgotten.role().toString();
        Right right = forgotten.right(PREFIX, APPLICATION_ID);
        broker.revoke(user, List.of(right));
        try {
            CommandRun run = doctor(forgotten.role());

            assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(3);
            JsonNode found = run.json().get(0);
            assertThat(found.get("missingRights"))
                    .extracting(JsonNode::textValue)
                    .containsExactly(AclCommand.add(broker.bootstrapServers(), "User:" + user, right));
            assertThat(StreamSupport.stream(found.get("checks").spliterator(), false)
                            .filter(check -> result(check).equals("denied")))
                    .singleElement()
                    .satisfies(check -> assertThat(check.get("what").textValue())
                            .contains(right.resource().name()));
        } finally {
            broker.allow(user, List.of(right));
        }
    }

    @Test
    void checksEveryTopicEvenIfItMaySeeOnlySome() {
        CommandRun run = CommandRun.with(login.get(Role.WAR_ROOM), "doctor");

        assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
        assertThat(run.out())
                .containsPattern("(?m)^topic trust\\.outages +ok +Describe, 4 partitions$")
                .containsPattern("(?m)^topic trust\\.appointments +DENIED +no right to Describe$")
                .containsPattern("(?m)^group trust\\.streams +DENIED ")
                .containsPattern("(?m)^transactional ids trust\\.streams-\\* +DENIED ")
                .containsPattern("(?m)^prefix +trust\\.")
                .doesNotContain("kafka-acls");
    }

    @Test
    void printsTheMissingRightsToPaste() {
        String[] options = user("newcomer", PREFIX);

        CommandRun run = CommandRun.with(options, "doctor", "--for", "producer");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.out())
                .containsPattern("(?m)^topic trust\\.systems +DENIED +no right to Read, Write$")
                .contains("An administrator adds the missing rights with:\nkafka-acls.sh --bootstrap-server "
                        + broker.bootstrapServers()
                        + " --command-config admin.properties --add --allow-principal User:newcomer"
                        + " --operation Read --operation Write --topic trust.systems\n");
    }

    /** Before the first deployment. */
    @Test
    void saysWhatDoesNotExistYetAndWhatItCannotKnow() {
        String prefix = "fresh.";
        String[] options = user("fresh", prefix);
        broker.allow("fresh", RightsTable.of(Role.STREAMS, prefix, prefix + "streams"));

        CommandRun run = CommandRun.with(options, "doctor", "--for", "streams");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.out())
                .containsPattern("(?m)^topic fresh\\.systems +missing +create with 'knockon topics create'$")
                .containsPattern("(?m)^topics fresh\\.streams-\\* +unknown +Create; Read, Write not checked: ")
                .containsPattern("(?m)^group fresh\\.streams +ok +Read, not in use yet$")
                .containsPattern("(?m)^transactional ids fresh\\.streams-\\* +ok +Write$")
                .doesNotContain("DENIED");
    }

    private String[] user(String name, String prefix) {
        return broker.user(name, settings(prefix));
    }

    private Map<String, String> settings(String prefix) {
        return Map.of("schema.registry.url", registry, "knockon.prefix", prefix);
    }

    private CommandRun doctor(Role role) {
        return CommandRun.with(login.get(role), "doctor", "--for", role.toString(), "--output", "json");
    }

    private static String result(JsonNode check) {
        return check.get("result").textValue();
    }
}
