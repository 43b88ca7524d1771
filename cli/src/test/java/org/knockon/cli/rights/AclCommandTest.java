package org.knockon.cli.rights;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;

class AclCommandTest {

    private static final String SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule required ";

    @Test
    void writesALineToPaste() {
        Right right = new Right(
                new ResourcePattern(ResourceType.TOPIC, "knockon.internal.broadcast", PatternType.LITERAL),
                List.of(AclOperation.READ, AclOperation.DESCRIBE_CONFIGS));

        assertThat(AclCommand.add("broker-1:9093,broker-2:9093", "User:streams", right))
                .isEqualTo("kafka-acls.sh --bootstrap-server broker-1:9093,broker-2:9093"
                        + " --command-config admin.properties --add --allow-principal User:streams"
                        + " --operation Read --operation DescribeConfigs --topic knockon.internal.broadcast");
    }

    @Test
    void namesThePatternOfAPrefixAndQuotesForTheShell() {
        Right right = new Right(
                new ResourcePattern(ResourceType.TRANSACTIONAL_ID, "app-", PatternType.PREFIXED),
                List.of(AclOperation.WRITE));

        assertThat(AclCommand.add("broker:9093", "User:CN=o'clock, O=Trust", right))
                .contains(" --allow-principal 'User:CN=o'\\''clock, O=Trust' ")
                .endsWith(" --operation Write --transactional-id app- --resource-pattern-type prefixed");
    }

    @Test
    void knowsThePrincipalFromTheLogInAlone() {
        assertThat(ClientPrincipal.of(Optional.of(SCRAM + "username=\"wall\" password=\"a;b\";")))
                .isEqualTo("User:wall");
        assertThat(ClientPrincipal.of(Optional.of("nonsense"))).isEqualTo("User:PRINCIPAL");
        assertThat(ClientPrincipal.of(Optional.empty())).isEqualTo("User:PRINCIPAL");
    }
}
