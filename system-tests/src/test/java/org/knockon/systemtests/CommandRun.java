package org.knockon.systemtests;

import static java.nio.charset.StandardCharsets.UTF_8;

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

/** A command run in this JVM, as the launcher runs it: its exit code and output. */
public record CommandRun(int exitCode, String out, String err) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public static CommandRun of(SharedSandbox.Place place, String... arguments) {
        return with(place.arguments(), arguments);
    }

    /** @param connection options that name the broker and the registry */
    public static CommandRun with(String[] connection, String... arguments) {
        return of(Stream.concat(Stream.of(arguments), Stream.of(connection)).toArray(String[]::new));
    }

    /** @param in the content of standard input */
    public static CommandRun withInput(SharedSandbox.Place place, String in, String... arguments) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(in.getBytes(UTF_8)));
        try {
            return of(place, arguments);
        } finally {
            System.setIn(before);
        }
    }

    private static CommandRun of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Knockon.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new CommandRun(exitCode, out.toString(), err.toString());
    }

    /** Parses each line of standard output as JSON. */
    public List<JsonNode> json() {
        return out.lines().map(CommandRun::parse).toList();
    }

    public static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + line, e);
        }
    }
}
