package org.knockon.systemtests.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.systemtests.CommandRun;
import org.knockon.systemtests.SharedSandbox;

/** What {@code knockon doctor --feeds} says of a file before {@code knockon ingest} is started with it. */
@ExtendWith(SharedSandbox.class)
@Timeout(300)
class DoctorFeedsIT {

    @TempDir
    private Path folder;

    @BeforeEach
    void makeKey() {
        String key = folder.resolve("pseudonym.key").toString();
        assertThat(CommandRun.with(new String[0], "ingest", "--new-key", key).exitCode())
                .isZero();
    }

    @Test
    void saysBesideTheBrokerWhichPortIsTaken(SharedSandbox.Place place) throws IOException {
        String prefix = place.prefix();
        assertThat(CommandRun.of(place, "topics", "create", "--prefix", prefix).exitCode())
                .isZero();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Path free = feeds(0, "");
            Path occupied = feeds(taken.getLocalPort(), "");

            CommandRun good = CommandRun.of(place, "doctor", "--prefix", prefix, "--feeds", free.toString());
            CommandRun bad = CommandRun.of(
                    place, "doctor", "--prefix", prefix, "--output", "json", "--feeds", occupied.toString());

            assertThat(good.exitCode()).as(good.out()).isZero();
            assertThat(good.out())
                    .containsPattern("(?m)^broker +ok")
                    .containsPattern("(?m)^feeds file +ok +" + free + ", 1 feed;")
                    .containsPattern("(?m)^port of pas +ok");
            assertThat(bad.exitCode()).isEqualTo(3);
            JsonNode port = StreamSupport.stream(bad.json().get(0).get("checks").spliterator(), false)
                    .filter(check -> check.get("what").asText().equals("port of pas"))
                    .findFirst()
                    .orElseThrow();
            assertThat(port.get("result").asText()).isEqualTo("unavailable");
            assertThat(port.get("detail").asText()).startsWith("127.0.0.1:" + taken.getLocalPort());
        }
    }

    @Test
    void endsWithTheLinesOfAFileThatIsInvalid(SharedSandbox.Place place) throws IOException {
        Path file = feeds(0, ", tlsCert: missing.pem, tlsKey: missing.key");

        CommandRun run = CommandRun.of(place, "doctor", "--feeds", file.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(file + ":4:", "missing.pem");
    }

    private Path feeds(int port, String more) throws IOException {
        return Files.writeString(
                folder.resolve("feeds" + port + ".yaml"),
                "http: {port: 0}\n"
                        + "pseudonyms: {keyFile: pseudonym.key, identifiers: [{name: mrn, hl7: [RJ1]}]}\n"
                        + "feeds:\n"
                        + "  - {name: pas, kind: hl7, zone: Europe/London, port: " + port + more + "}\n");
    }
}
