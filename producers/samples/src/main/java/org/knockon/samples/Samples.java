package org.knockon.samples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads the messages of the fixtures; what must become of them is for the tests of the maps. */
public final class Samples {

    /** Where the fixtures are, below the root of the sources. */
    public static final Path FOLDER = Path.of("producers", "feeds", "src", "test", "resources");

    private static final String HL7 = "org/knockon/feeds/hl7/fixtures";
    private static final String MESSAGE = ".hl7";
    private static final String EXPECTED = ".expected.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private Samples() {}

    /**
     * All messages, in the order of their files.
     *
     * @param folder of the fixtures
     * @throws UncheckedIOException if a file cannot be read
     */
    public static List<Sample> all(Path folder) {
        try {
            List<Sample> samples = new ArrayList<>(hl7(folder.resolve(HL7)));
            for (String kind : List.of("fhir", "monitor", "cloudevents")) {
                samples.addAll(http(folder.resolve(kind)));
            }
            return samples;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Sample> hl7(Path folder) throws IOException {
        List<Sample> samples = new ArrayList<>();
        for (Path file : files(folder)) {
            String name = file.getFileName().toString();
            if (name.endsWith(MESSAGE)) {
                String fixture = name.substring(0, name.length() - MESSAGE.length());
                byte[] message = Files.readAllBytes(file);
                if (!read(folder.resolve(fixture + ".json")).path("raw").asBoolean()) {
                    for (int i = 0; i < message.length; i++) {
                        message[i] = message[i] == '\n' ? (byte) '\r' : message[i];
                    }
                }
                samples.add(Sample.hl7(fixture, message));
            }
        }
        return samples;
    }

    private static List<Sample> http(Path folder) throws IOException {
        List<Path> files = files(folder);
        List<Sample> samples = new ArrayList<>();
        for (Path file : files) {
            String name = file.getFileName().toString();
            if (name.endsWith(EXPECTED)) {
                String fixture = name.substring(0, name.length() - EXPECTED.length());
                JsonNode how = read(file);
                // Icinga's own lists are answers to us, and a repetition comes from ourselves: nobody sends them.
                if (!how.has("objects") && !how.path("repeat").asBoolean()) {
                    samples.add(http(fixture, how, body(fixture, file, files)));
                }
            }
        }
        return samples;
    }

    private static Sample http(String name, JsonNode how, byte[] body) {
        Map<String, String> headers = new HashMap<>();
        if (how.has("contentType")) {
            headers.put("Content-Type", how.path("contentType").asText());
        }
        how.path("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        return new Sample(
                name,
                how.path("feed").asText("ce"),
                how.path("method").asText("POST"),
                how.path("path").asText(),
                headers,
                body);
    }

    private static byte[] body(String fixture, Path expected, List<Path> files) throws IOException {
        for (Path file : files) {
            if (file.getFileName().toString().startsWith(fixture + ".") && !file.equals(expected)) {
                return Files.readAllBytes(file);
            }
        }
        return new byte[0];
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static JsonNode read(Path file) throws IOException {
        return JSON.readTree(Files.readAllBytes(file));
    }
}
