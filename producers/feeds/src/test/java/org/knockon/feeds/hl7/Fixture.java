package org.knockon.feeds.hl7;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.knockon.feeds.message.RememberedAppointment;
import org.knockon.feeds.message.RememberedAppointments;
import org.knockon.feeds.tables.TextPattern;
import org.knockon.feeds.tables.WordTable;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.ChangeReason;
import org.knockon.impact.model.Priority;

/** One message and what it becomes, from the folder of fixtures. */
record Fixture(String name, byte[] message, JsonNode given, JsonNode expected) {

    static final Path FOLDER = Path.of("src/test/resources/org/knockon/feeds/hl7/fixtures");
    private static final String USUAL_RECEIPT = "2026-03-02T09:00:05Z";

    static List<Fixture> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(Path::getFileName)
                    .map(Path::toString)
                    .filter(file -> file.endsWith(".json"))
                    .map(file -> read(file.substring(0, file.length() - ".json".length())))
                    .sorted(Comparator.comparing(Fixture::name))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError("cannot list " + FOLDER, e);
        }
    }

    private static Fixture read(String name) {
        try {
            JsonNode given = new ObjectMapper().readTree(Files.readString(FOLDER.resolve(name + ".json")));
            byte[] message = Files.readAllBytes(FOLDER.resolve(name + ".hl7"));
            if (!given.path("raw").asBoolean()) {
                for (int i = 0; i < message.length; i++) {
                    message[i] = message[i] == '\n' ? (byte) '\r' : message[i];
                }
            }
            return new Fixture(name, message, given, given.get("expected"));
        } catch (IOException e) {
            throw new AssertionError("cannot read the fixture " + name, e);
        }
    }

    long receipt() {
        return Instant.parse(given.path("receipt").asText(USUAL_RECEIPT)).toEpochMilli();
    }

    boolean cameBefore() {
        return given.path("recent").asBoolean();
    }

    TestFeed feed() {
        TestFeed feed = new TestFeed();
        given.path("settings").properties().forEach(setting -> apply(feed, setting.getKey(), setting.getValue()));
        return feed;
    }

    private static void apply(TestFeed feed, String name, JsonNode value) {
        switch (name) {
            case "namespace" -> feed.namespace = value.asText();
            case "charset" -> feed.charset = Charset.forName(value.asText());
            case "defaultService" -> feed.defaultService = Optional.of(value.asText());
            case "defaultMinutes" -> feed.defaultMinutes = value.asInt();
            case "anyIdentifier" -> feed.anyIdentifier = value.asBoolean();
            case "rebookingDays" -> feed.rebooking = Optional.of(Duration.ofDays(value.asInt()));
            case "onRefusal" ->
                feed.onRefusal = RefusalAnswer.valueOf(value.asText().toUpperCase(Locale.ROOT));
            case "processing" -> feed.processing = new HashSet<>(texts(value));
            case "startFrom" ->
                feed.startFrom = texts(value).stream().map(FieldRef::parse).toList();
            case "triggers" -> feed.triggers = meanings(value);
            case "statuses" ->
                feed.statuses = new WordTable<>(meanings(value).entrySet().stream()
                        .map(entry -> Map.entry(TextPattern.parse(entry.getKey()), entry.getValue()))
                        .toList());
            case "priorities" -> {
                List<Map.Entry<TextPattern, Priority>> words = new ArrayList<>();
                value.properties()
                        .forEach(word -> words.add(Map.entry(
                                TextPattern.parse(word.getKey()),
                                Priority.valueOf(word.getValue().asText()))));
                feed.priorities = new WordTable<>(words);
            }
            default -> throw new AssertionError("unknown setting " + name);
        }
    }

    private static Map<String, StatusMeaning> meanings(JsonNode value) {
        Map<String, StatusMeaning> meanings = new HashMap<>();
        value.properties()
                .forEach(entry -> meanings.put(
                        entry.getKey(),
                        StatusMeaning.of(
                                AppointmentStatus.valueOf(entry.getValue().asText()))));
        return meanings;
    }

    RememberedAppointments remembered() {
        List<AppointmentVersion> versions = new ArrayList<>();
        given.path("remembered").forEach(version -> versions.add(version(version)));
        return new RememberedAppointments() {
            @Override
            public Optional<RememberedAppointment> of(String appointmentId) {
                return versions.stream()
                        .filter(version -> version.appointmentId().equals(appointmentId))
                        .map(version -> new RememberedAppointment(version, ""))
                        .findFirst();
            }

            @Override
            public Optional<AppointmentVersion> cancelled(String patientRef, String serviceId, long since) {
                return versions.stream()
                        .filter(version -> version.status() == AppointmentStatus.CANCELLED
                                && version.changeReason() != ChangeReason.PATIENT
                                && version.patientRef().equals(patientRef)
                                && version.serviceId().equals(serviceId)
                                && version.updatedAt() >= since)
                        .max(Comparator.comparingLong(AppointmentVersion::updatedAt));
            }
        };
    }

    static AppointmentVersion version(JsonNode json) {
        return new AppointmentVersion(
                json.get("appointmentId").asText(),
                json.get("sequence").asLong(),
                AppointmentStatus.valueOf(json.get("status").asText()),
                json.get("changeReason").isNull()
                        ? null
                        : ChangeReason.valueOf(json.get("changeReason").asText()),
                json.get("serviceId").asText(),
                time(json, "slotStart"),
                time(json, "slotEnd"),
                Priority.valueOf(json.get("priority").asText()),
                json.get("patientRef").asText(),
                json.get("replaces").isNull() ? null : json.get("replaces").asText(),
                time(json, "updatedAt"),
                json.has("dueIn") ? Long.valueOf(time(json, "dueIn")) : null);
    }

    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    Set<String> expectedFlags() {
        return new HashSet<>(texts(expected.path("flags")));
    }

    private static long time(JsonNode json, String field) {
        return Instant.parse(json.get(field).asText()).toEpochMilli();
    }

    @Override
    public String toString() {
        return name;
    }
}
