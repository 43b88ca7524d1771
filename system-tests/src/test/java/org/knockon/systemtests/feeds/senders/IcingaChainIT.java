package org.knockon.systemtests.feeds.senders;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.server.tls.SelfSignedCertificate;
import org.knockon.systemtests.Program;
import org.knockon.systemtests.SharedSandbox;

/** The real chain: Icinga 2 checks a file, the feed connects to it over TLS, and outages come and go. */
@ExtendWith(SharedSandbox.class)
@Timeout(600)
class IcingaChainIT {

    private static final String PASSWORD = "a-password-of-icinga";
    private static final Duration INTERVALS = Duration.ofSeconds(5);
    private static final String CONFIGURATION = """
            const NodeName = "localhost"
            object Endpoint NodeName {}
            object Zone NodeName { endpoints = [ NodeName ] }
            object CheckerComponent "checker" {}
            object ApiListener "api" { bind_host = "127.0.0.1", bind_port = %1$d }
            object ApiUser "knockon" {
              password = "%2$s"
              permissions = [ "events/CheckResult", "objects/query/Host", "objects/query/Service" ]
            }
            object CheckCommand "file" { command = [ "/bin/sh", "%3$s/check", "$file$" ] }
            object Host "pas1" {
              check_command = "file"
              check_interval = 1s
              retry_interval = 1s
              max_check_attempts = 2
              vars.file = "%3$s/pas"
            }
            object Host "lab1" {
              check_command = "file"
              check_interval = 1s
              vars.file = "%3$s/host"
            }
            object Service "lab" {
              host_name = "lab1"
              check_command = "file"
              check_interval = 1s
              max_check_attempts = 1
              vars.file = "%3$s/lab"
            }
            """;
    private static final String FEEDS = """
            http: {port: 0}
            feeds:
              - name: icinga
                kind: icinga
                url: https://localhost:%d
                userFile: icinga.user
                caFile: data/certs/ca.crt
                systems: [{match: {service: lab}, id: lis}, {match: {host: pas1}, id: pas}]
            """;

    @TempDir
    private Path folder;

    @Test
    void aFailingCheckIsAnOutageAndSoIsADeadIcinga(SharedSandbox.Place place) throws Exception {
        Program.require(getClass(), "icinga2");
        int port = Program.freePort();
        configure(port);
        report("pas", 0);
        report("lab", 0);
        report("host", 0); // A service whose host is down says nothing.
        try (Program icinga = icinga();
                WatchedHospital hospital = new WatchedHospital(place, folder, FEEDS.formatted(port))) {
            hospital.awaitObservation("pas", Instant.EPOCH, "UP");
            hospital.awaitObservation("lis", Instant.EPOCH, "UP");

            Instant failed = Instant.now();
            report("pas", 2);
            JsonNode outage = hospital.awaitOutage("pas", "the check fails", each -> startedAfter(each, failed));
            assertThat(outage.get("evidence").textValue()).as(outage.toString()).isEqualTo("OBSERVED");

            Instant killed = Instant.now();
            hospital.killIngest();
            report("lab", 1);
            hospital.startIngest();
            hospital.awaitObservation("pas", Instant.now(), "DOWN");
            hospital.awaitObservation("lis", killed, "DEGRADED");
            assertThat(hospital.observations("pas"))
                    .filteredOn(each -> WatchedHospital.at(each).isAfter(killed))
                    .as("the check fails all the time")
                    .extracting(each -> each.get("status").textValue())
                    .containsOnly("DOWN");

            report("pas", 0);
            hospital.awaitOutage(
                    "pas",
                    "the check succeeds",
                    each -> each.get("startedAt").equals(outage.get("startedAt"))
                            && !each.get("endedAt").isNull());

            icinga.kill();
            Instant silent = Instant.now();
            JsonNode silence =
                    hospital.awaitOutage("pas", "nobody speaks", each -> startedAfter(each, silent.minus(INTERVALS)));
            assertThat(silence.get("evidence").textValue())
                    .as(silence.toString())
                    .isEqualTo("SILENCE");
            assertThat(hospital.ingestLog()).contains("no connection to Icinga").doesNotContain(PASSWORD);

            try (Program again = icinga()) {
                hospital.awaitOutage(
                        "pas",
                        "it speaks",
                        each -> each.get("startedAt").equals(silence.get("startedAt"))
                                && !each.get("endedAt").isNull());
                assertThat(again.isAlive()).as(again.output()).isTrue();
            }
        }
    }

    private void configure(int port) throws IOException, InterruptedException {
        Path certificates = Files.createDirectories(folder.resolve("data/certs"));
        Path certificate = certificates.resolve("localhost.crt");
        SelfSignedCertificate.write(List.of("localhost"), certificate, certificates.resolve("localhost.key"));
        Files.copy(certificate, certificates.resolve("ca.crt"));
        for (String name : List.of("log", "cache", "run", "spool")) {
            Files.createDirectories(folder.resolve(name));
        }
        Files.writeString(folder.resolve("icinga2.conf"), CONFIGURATION.formatted(port, PASSWORD, folder));
        Files.writeString(folder.resolve("check"), "exit \"$(cat \"$1\")\"\n");
        Path login = Files.writeString(folder.resolve("icinga.user"), "knockon:" + PASSWORD);
        Files.setPosixFilePermissions(login, PosixFilePermissions.fromString("rw-------"));
    }

    /** Lets the check of a system end with this code from now on. */
    private void report(String name, int code) throws IOException {
        Path written = Files.writeString(folder.resolve(name + ".new"), Integer.toString(code));
        Files.move(written, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private Program icinga() throws IOException {
        return Program.start(
                folder,
                // Its launcher changes to another user otherwise.
                Map.of(
                        "ICINGA2_USER",
                        System.getProperty("user.name"),
                        "ICINGA2_GROUP",
                        System.getProperty("user.name")),
                "icinga2",
                "daemon",
                "--config",
                folder.resolve("icinga2.conf").toString(),
                "-DDataDir=" + folder.resolve("data"),
                "-DLogDir=" + folder.resolve("log"),
                "-DCacheDir=" + folder.resolve("cache"),
                "-DInitRunDir=" + folder.resolve("run"),
                "-DSpoolDir=" + folder.resolve("spool"),
                "-DConfigDir=" + folder,
                "-DPidPath=" + folder.resolve("run/pid"));
    }

    private static boolean startedAfter(JsonNode outage, Instant time) {
        return Instant.parse(outage.get("startedAt").textValue()).isAfter(time);
    }
}
