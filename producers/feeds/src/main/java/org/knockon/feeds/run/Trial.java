package org.knockon.feeds.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.knockon.feeds.cloudevents.CloudEventFeedSettings;
import org.knockon.feeds.cloudevents.CloudEventMapper;
import org.knockon.feeds.cloudevents.CloudEventResult;
import org.knockon.feeds.fhir.FhirMapper;
import org.knockon.feeds.fhir.FhirResult;
import org.knockon.feeds.hl7.Hl7Mapper;
import org.knockon.feeds.hl7.Hl7Message;
import org.knockon.feeds.hl7.Hl7Reader;
import org.knockon.feeds.message.FeedRequest;
import org.knockon.feeds.message.MappedMessage;
import org.knockon.feeds.message.RememberedAppointments;
import org.knockon.feeds.monitor.AlertMapper;
import org.knockon.feeds.monitor.AlertSender;
import org.knockon.feeds.monitor.IcingaMapper;
import org.knockon.feeds.monitor.KumaMapper;
import org.knockon.feeds.monitor.MonitorContext;
import org.knockon.feeds.monitor.MonitorResult;
import org.knockon.feeds.monitor.MonitorState;
import org.knockon.feeds.receive.MonitorMap;
import org.knockon.feeds.settings.AlertSettings;
import org.knockon.feeds.settings.CloudEventsSettings;
import org.knockon.feeds.settings.FeedKind;
import org.knockon.feeds.settings.FeedSettings;
import org.knockon.feeds.settings.FeedsFile;
import org.knockon.feeds.settings.FhirSettings;
import org.knockon.feeds.settings.Hl7Settings;
import org.knockon.feeds.settings.IcingaSettings;
import org.knockon.feeds.settings.KumaSettings;
import org.knockon.feeds.settings.PseudonymSettings;
import org.knockon.feeds.state.FeedMemory;

/** Runs the messages of a file through the map of one feed. Publishes nothing; each message sees those before it. */
public final class Trial {

    private static final byte FRAME_START = 0x0B;
    private static final byte FRAME_END = 0x1C;
    private static final String HL7_START = "MSH";

    /**
     * What one message became.
     *
     * @param number from 1 on; a message with several parts has several results
     * @param controlId empty if there is none
     */
    public record Tried(int number, String controlId, MappedMessage message) {}

    private final FeedsFile file;
    private final FeedSettings feed;
    private final long now;
    private final FeedMemory memory;
    private final RememberedAppointments remembered;
    private final List<Tried> results = new ArrayList<>();

    private Trial(FeedsFile file, FeedSettings feed, long now) {
        this.file = file;
        this.feed = feed;
        this.now = now;
        this.memory = new FeedMemory(FeedTables.remembering(file));
        this.remembered = memory.appointmentsOf(feed.name());
    }

    /**
     * Maps the messages of a file.
     *
     * @param content of HL7 framed messages, or plain ones that each begin with MSH; otherwise JSON values
     * @param now time of receipt, epoch milliseconds
     * @throws IllegalArgumentException if the feed receives no messages, or the file is not of its form
     */
    public static List<Tried> run(FeedsFile file, FeedSettings feed, byte[] content, long now) {
        Trial trial = new Trial(file, feed, now);
        trial.run(content);
        return List.copyOf(trial.results);
    }

    private void run(byte[] content) {
        if (feed instanceof Hl7Settings settings) {
            hl7(settings, content);
        } else if (feed instanceof FhirSettings settings) {
            fhir(settings, content);
        } else if (feed instanceof CloudEventsSettings settings) {
            CloudEventMapper mapper = new CloudEventMapper(new CloudEventFeedSettings(feed.name(), settings.monitor()));
            each(content, body -> events(mapper, body));
        } else if (feed instanceof AlertSettings settings) {
            AlertSender sender = feed.kind() == FeedKind.GRAFANA ? AlertSender.GRAFANA : AlertSender.ALERTMANAGER;
            monitor(content, new AlertMapper(sender, FeedTables.alerts(settings))::map);
        } else if (feed instanceof KumaSettings settings) {
            monitor(content, new KumaMapper(FeedTables.kuma(settings))::map);
        } else if (feed instanceof IcingaSettings settings) {
            IcingaMapper mapper = new IcingaMapper(FeedTables.icinga(settings));
            monitor(content, (request, state, context) -> mapper.lines(request.body(), state, context));
        } else {
            throw new IllegalArgumentException("feed " + feed.name() + " receives no messages: it looks by itself");
        }
    }

    private void hl7(Hl7Settings settings, byte[] content) {
        PseudonymSettings key = file.pseudonyms().orElseThrow();
        Hl7Reader reader = new Hl7Reader(FeedTables.hl7(settings), key.hash());
        Hl7Mapper mapper = new Hl7Mapper(FeedTables.hl7(settings), key.patients(), key.hash());
        int number = 0;
        List<String> seen = new ArrayList<>();
        for (byte[] bytes : hl7Messages(content)) {
            Hl7Message message = reader.read(bytes);
            String identity = message.controlId() + " " + message.digest();
            MappedMessage mapped = mapper.map(message, remembered, (id, digest) -> seen.contains(identity), now)
                    .message();
            seen.add(identity);
            mapped.appointments().forEach(version -> memory.remember(version, ""));
            results.add(new Tried(++number, message.controlId(), mapped));
        }
    }

    /** Messages in frames, or as plain text one after the other. */
    private static List<byte[]> hl7Messages(byte[] content) {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        List<String> messages = new ArrayList<>();
        if (text.indexOf(FRAME_START) >= 0) {
            for (String frame : text.split(String.valueOf((char) FRAME_START))) {
                int end = frame.indexOf(FRAME_END);
                messages.add(end < 0 ? frame : frame.substring(0, end));
            }
        } else {
            messages.addAll(List.of(text.split("(?<=[\\r\\n])(?=" + HL7_START + "[^A-Za-z0-9])")));
        }
        return messages.stream()
                .filter(message -> !message.isBlank())
                .map(message -> message.getBytes(StandardCharsets.ISO_8859_1))
                .toList();
    }

    private void fhir(FhirSettings settings, byte[] content) {
        PseudonymSettings key = file.pseudonyms().orElseThrow();
        FhirMapper mapper = new FhirMapper(FeedTables.fhir(settings), key.patients(), key.hash());
        each(content, body -> {
            boolean bundle =
                    new String(body, StandardCharsets.UTF_8).matches("(?s).*\"resourceType\"\\s*:\\s*\"Bundle\".*");
            FeedRequest request = new FeedRequest(
                    "POST", bundle ? "" : "/Appointment", Map.of("content-type", "application/fhir+json"), body);
            FhirResult result = mapper.map(mapper.read(request), remembered, now);
            result.versions().forEach(each -> memory.remember(each.version(), each.contentHash()));
            return result.messages();
        });
    }

    private List<MappedMessage> events(CloudEventMapper mapper, byte[] body) {
        String type = body.length > 0 && body[0] == '[' ? "cloudevents-batch+json" : "cloudevents+json";
        FeedRequest request = new FeedRequest("POST", "", Map.of("content-type", "application/" + type), body);
        CloudEventResult result = mapper.map(request, remembered, event -> false, now);
        result.versions().forEach(each -> memory.remember(each.version(), each.contentHash()));
        return result.messages();
    }

    private void monitor(byte[] content, MonitorMap map) {
        MonitorState[] state = {MonitorState.EMPTY};
        each(content, body -> {
            FeedRequest request = new FeedRequest("POST", "", Map.of(), body);
            MonitorResult result = map.map(request, state[0], new MonitorContext(now, 0, id -> true));
            state[0] = result.state();
            List<MappedMessage> all = new ArrayList<>(List.of(result.message()));
            all.addAll(result.refusedParts());
            return all;
        });
    }

    private void each(byte[] content, Function<byte[], List<MappedMessage>> map) {
        int number = 0;
        for (byte[] value : jsonValues(content)) {
            number++;
            for (MappedMessage message : map.apply(value)) {
                results.add(new Tried(number, "", message));
            }
        }
    }

    /** The values of a file with one JSON value or several, one after the other. */
    private static List<byte[]> jsonValues(byte[] content) {
        List<byte[]> values = new ArrayList<>();
        try (JsonParser parser = new JsonFactory().createParser(content)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                int from = (int) parser.currentTokenLocation().getByteOffset();
                parser.skipChildren();
                int to = (int) parser.currentLocation().getByteOffset();
                values.add(Arrays.copyOfRange(content, from, to));
            }
        } catch (IOException e) {
            // Not the message of the parser, which quotes the content.
            throw new IllegalArgumentException(
                    "message " + (values.size() + 1) + " is no JSON: write one value or several, one after the other",
                    e);
        }
        return values;
    }
}
