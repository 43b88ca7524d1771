package org.knockon.systemtests.secured;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.systemtests.ChildCommand;
import org.knockon.systemtests.CommandRun;
import org.knockon.systemtests.SharedSandbox;

/** A client without TLS at a port with it, the other way round, and a broker whose certificate is not trusted. */
@ExtendWith({SharedSandbox.class, SharedSecuredBroker.class})
@Timeout(180)
class SecuredPortIT {

    @TempDir
    private Path folder;

    /** The client would reserve 336 MB for the alert of the server, more than this heap has. */
    @Test
    void commandsWithoutTlsEndWithOneLineAndNotWithoutMemory(SecuredCluster broker) throws Exception {
        List<String> jvm = List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError");
        List<ChildCommand> children = new ArrayList<>();
        try {
            for (String command : List.of("doctor", "stream", "war-room")) {
                Path own = Files.createDirectory(folder.resolve(command));
                children.add(ChildCommand.start(own, jvm, command, "--bootstrap-server", broker.bootstrapServers()));
            }
            for (ChildCommand child : children) {
                String output = String.join("\n", child.rest());

                assertThat(child.awaitExit(60)).isEqualTo(3);
                assertThat(output + child.err())
                        .contains(broker.bootstrapServers() + " speaks TLS; set security.protocol")
                        .doesNotContain("OutOfMemoryError");
            }
        } finally {
            children.forEach(ChildCommand::close);
        }
    }

    @Test
    void saysThatTheBrokerDoesNotSpeakTls(SharedSandbox.Place place) throws Exception {
        assertThat(error("security.protocol=SSL\n", place.bootstrapServers()))
                .contains(place.bootstrapServers() + " does not speak TLS, but security.protocol is SSL; set it to");
    }

    @Test
    void saysThatTheCertificateIsNotTrusted(SecuredCluster broker) throws Exception {
        assertThat(error("security.protocol=SSL\n", broker.bootstrapServers()))
                .contains("certificate of the broker at " + broker.bootstrapServers() + " not trusted: ")
                .contains("; set ssl.truststore.location");
    }

    @Test
    void saysThatTheLogInIsRefused(SecuredCluster broker) throws Exception {
        String settings = Files.readString(Path.of(broker.user("forgetful", Map.of())[1]))
                .replace("secret-of-forgetful", "wrong");

        assertThat(error(settings, broker.bootstrapServers()))
                .contains("the broker at " + broker.bootstrapServers() + " refuses the log-in: ");
    }

    private String error(String settings, String server) throws Exception {
        Path file = Files.writeString(folder.resolve("client.properties"), settings);
        CommandRun run = CommandRun.with(
                new String[] {"--command-config", file.toString(), "--bootstrap-server", server},
                "topics",
                "list",
                "--timeout",
                "8");
        assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
        assertThat(run.err().lines()).hasSize(1);
        return run.err();
    }
}
