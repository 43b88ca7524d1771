package org.knockon.systemtests.feeds.senders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.mllp.MllpApplicationErrorAcknowledgementException;
import org.apache.camel.component.mllp.MllpApplicationRejectAcknowledgementException;
import org.apache.camel.component.mllp.MllpException;
import org.apache.camel.impl.engine.SimpleCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.sandbox.Sandbox;
import org.knockon.sandbox.SandboxOptions;
import org.knockon.systemtests.BackgroundCommand;
import org.knockon.systemtests.CommandRun;
import org.knockon.systemtests.NodePackages;
import org.knockon.systemtests.Program;

/** Programs that others wrote deliver to the feeds and get their answers. The broker is stopped by the last test. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(420)
class SendersIT {

    private static final String FEEDS = """
            http: {port: 0}
            pseudonyms: {keyFile: pseudonym.key, identifiers: [{name: nhs-number, hl7: [NHS], fhir: ["https://fhir.nhs.uk/Id/nhs-number"]}]}
            feeds:
              - {name: pas, kind: hl7, port: 0, zone: Europe/London, answerWithin: 1s, services: [{match: {location: CLINIC1}, id: clinic}]}
              - {name: ers, kind: fhir, identifier: "https://rj1.example/appointment", services: [{match: {location: Location/clinic1}, id: clinic}]}
              - {name: events, kind: cloudevents}
            """;
    private static final int OLDEST_NODE = 20;

    @TempDir
    private static Path folder;

    private static Sandbox sandbox;
    private static BackgroundCommand ingest;
    private static JsonNode feeds;

    @BeforeAll
    static void start() throws Exception {
        sandbox = Sandbox.start(SandboxOptions.defaults());
        run("topics", "create", "--replay");
        run("ingest", "--new-key", folder.resolve("pseudonym.key").toString());
        Path file = Files.writeString(folder.resolve("feeds.yaml"), FEEDS);
        ingest = BackgroundCommand.start(connection(), "ingest", "--feeds", file.toString(), "--output", "json");
        feeds = CommandRun.parse(ingest.awaitLine(line -> line.startsWith("{\"http\":")))
                .get("feeds");
    }

    @AfterAll
    static void stop() {
        if (ingest != null) {
            ingest.close();
        }
        sandbox.close();
    }

    @Test
    @Order(1)
    void camelGetsEachKindOfAnswer() throws Exception {
        try (SimpleCamelContext camel = new SimpleCamelContext()) {
            camel.start();
            ProducerTemplate template = camel.createProducerTemplate();

            Exchange accepted = send(template, siu("CAMEL1", "SIU^S12^SIU_S12", "202603100930"));
            assertThat(accepted.getMessage().getHeader("CamelMllpAcknowledgementType"))
                    .isEqualTo("AA");
            assertThatThrownBy(() -> send(template, siu("CAMEL2", "SIU^S12^SIU_S12", "no time")))
                    .hasCauseInstanceOf(MllpApplicationErrorAcknowledgementException.class);
            assertThatThrownBy(() -> send(template, siu("CAMEL3", "ORU^R01", "202603100930")))
                    .hasCauseInstanceOf(MllpApplicationRejectAcknowledgementException.class);
        }
        assertThat(appointments()).contains("pas/CAMEL1").doesNotContain("pas/CAMEL2", "pas/CAMEL3");
    }

    @Test
    @Order(2)
    void mllpSend() throws Exception {
        Program.require(getClass(), "mllp_send");
        Path file = Files.writeString(
                folder.resolve("messages.hl7"),
                siu("PYTHON1", "SIU^S12^SIU_S12", "202603100930") + siu("PYTHON2", "SIU^S12^SIU_S12", "202603101030"));

        String output = Program.run(
                folder,
                "mllp_send",
                "--loose",
                "--port",
                Integer.toString(port()),
                "--file",
                file.toString(),
                "127.0.0.1");

        assertThat(output).contains("MSA|AA|PYTHON1", "MSA|AA|PYTHON2");
        assertThat(appointments()).contains("pas/PYTHON1", "pas/PYTHON2");
    }

    @Test
    @Order(3)
    void librariesForNode() throws Exception {
        Program.require(getClass(), "node");
        String version = Program.run(folder, "node", "--version").strip();
        if (Integer.parseInt(version.replaceFirst("^v(\\d+).*", "$1")) < OLDEST_NODE) {
            Program.skip(getClass(), "the packages need a newer Node.js than " + version);
        }
        for (String name : List.of(
                "package.json", "node-hl7-client.mjs", "simple-hl7.mjs", "fhir-kit-client.mjs", "cloudevents.mjs")) {
            Files.copy(resource(name), folder.resolve(name));
        }
        NodePackages.install(getClass(), folder);
        String port = Integer.toString(port());

        assertThat(Program.run(folder, "node", "node-hl7-client.mjs", port)).contains("MSA|AA|NODE1", "MSA|AE|NODE2");
        assertThat(Program.run(folder, "node", "simple-hl7.mjs", port)).contains("AA SIMPLE1");
        assertThat(Program.run(folder, "node", "fhir-kit-client.mjs", url("ers")))
                .contains("metadata 4.0.1", "create 201", "update 201", "transaction transaction-response 201");
        assertThat(Program.run(folder, "node", "cloudevents.mjs", url("events")).lines())
                .containsExactly("200", "200");

        assertThat(appointments())
                .contains("pas/NODE1", "pas/SIMPLE1", "ers/KIT1", "ers/KIT2", "ers/KIT3")
                .doesNotContain("pas/NODE2");
        assertThat(keys("system-health")).contains("ce-binary", "ce-structured");
    }

    @Test
    @Order(4)
    void camelKeepsTheMessageWhileTheBrokerIsAway() throws Exception {
        sandbox.close();
        try (SimpleCamelContext camel = new SimpleCamelContext()) {
            camel.start();
            ProducerTemplate template = camel.createProducerTemplate();

            assertThatThrownBy(() -> send(template, siu("CAMEL4", "SIU^S12^SIU_S12", "202603100930")))
                    .as("a reset, not an answer: a route with a redelivery policy sends it again")
                    .isInstanceOf(CamelExecutionException.class)
                    .cause()
                    .isInstanceOf(MllpException.class)
                    .isNotInstanceOf(MllpApplicationErrorAcknowledgementException.class)
                    .isNotInstanceOf(MllpApplicationRejectAcknowledgementException.class);
        }
    }

    private static Exchange send(ProducerTemplate template, String message) {
        Exchange exchange = template.request(
                "mllp://127.0.0.1:" + port() + "?receiveTimeout=20000",
                sent -> sent.getMessage().setBody(message));
        if (exchange.getException() != null) {
            throw new CamelExecutionException("not accepted", exchange, exchange.getException());
        }
        return exchange;
    }

    private static String siu(String id, String type, String slot) {
        return "MSH|^~\\&|PAS|RJ1|KNOCKON|RJ1|20260302090000||" + type + "|" + id + "|P|2.4\r"
                + "SCH||" + id + "|||||||30|MIN|^^^" + slot + "\r"
                + "AIL|1||CLINIC1\r";
    }

    private static int port() {
        return feeds.get(0).get("port").intValue();
    }

    private static String url(String feed) {
        for (JsonNode each : feeds) {
            if (each.get("name").textValue().equals(feed)) {
                return each.get("url").textValue();
            }
        }
        throw new AssertionError("no feed " + feed);
    }

    private static List<String> appointments() {
        return keys("appointments");
    }

    private static List<String> keys(String topic) {
        List<String> keys = new ArrayList<>();
        run("consume", "--topic", topic, "--from-beginning", "--until-end")
                .json()
                .forEach(record -> keys.add(record.get("key").textValue()));
        return keys;
    }

    private static CommandRun run(String... arguments) {
        CommandRun run = CommandRun.with(connection(), arguments);
        assertThat(run.exitCode()).as(run.toString()).isZero();
        return run;
    }

    private static String[] connection() {
        return new String[] {
            "--prefix",
            "senders.",
            "--bootstrap-server",
            sandbox.bootstrapServers(),
            "--schema-registry-url",
            sandbox.schemaRegistryUrl()
        };
    }

    private static Path resource(String name) throws IOException {
        try {
            return Path.of(Objects.requireNonNull(SendersIT.class.getResource("/senders/" + name))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }
}
