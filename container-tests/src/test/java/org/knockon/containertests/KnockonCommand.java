package org.knockon.containertests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;
import org.knockon.cli.Knockon;

/** Commands of this build, run in this JVM against servers in containers. */
record KnockonCommand(String bootstrapServers, String registryUrl) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Returns each line of standard output as JSON. Fails unless the exit code is 0. */
    List<JsonNode> json(String... arguments) {
        return succeed(arguments).lines().map(KnockonCommand::parse).toList();
    }

    /** @param in the content of standard input */
    void withInput(String in, String... arguments) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(in.getBytes(UTF_8)));
        try {
            succeed(arguments);
        } finally {
            System.setIn(before);
        }
    }

    private String succeed(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Knockon.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(Stream.concat(
                                Stream.of(arguments),
                                Stream.of("--bootstrap-server", bootstrapServers, "--schema-registry-url", registryUrl))
                        .toArray(String[]::new));
        assertThat(exitCode)
                .as("%s%n%s%n%s", String.join(" ", arguments), out, err)
                .isZero();
        return out.toString();
    }

    static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }
}
