package org.knockon.benchmarks.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.knockon.samples.Hl7Mutations;
import org.knockon.samples.JsonMutations;
import org.knockon.samples.PlantedSecrets;
import org.knockon.samples.Sample;

/** Makes inputs: first each sample as it is, then changed ones. The same seed and index make the same input. */
final class FuzzInputs {

    static final byte FRAME_START = 0x0B;
    static final byte FRAME_END = 0x1C;

    /** So that an appointment is named as often as a busy one, and what is remembered of each stays small. */
    private static final int APPOINTMENTS = 20_000;
    /** A prime, so that the seeds of two runs share no input. */
    private static final long STEP = 1_000_003;

    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS");
    private static final List<String> PATHS = List.of(
            "",
            "/",
            "/Appointment",
            "/Appointment/",
            "/Appointment/1001",
            "/Appointment/%00",
            "/Appointment/..%2f..%2fx",
            "/Appointment/%ff%fe",
            "/$process-message",
            "/metadata",
            "/messages",
            "/_history?_count=1",
            "/" + "a".repeat(3_000));
    private static final List<String> TYPES = List.of(
            "application/json",
            "application/fhir+json",
            "application/fhir+ndjson",
            "application/cloudevents+json",
            "application/cloudevents-batch+json",
            "application/xml",
            "text/plain",
            "application/json;charset=utf-16",
            "application/json;charset=;;=",
            ";",
            "*/*");

    private final List<Sample> samples;
    private final long seed;

    FuzzInputs(List<Sample> samples, long seed) {
        this.samples = samples.stream().map(PlantedSecrets::planted).toList();
        this.seed = seed;
    }

    /** How many inputs are samples as they are. */
    int unchanged() {
        return samples.size();
    }

    FuzzInput of(long index) {
        SplittableRandom random = new SplittableRandom(seed * STEP + index);
        boolean whole = index < samples.size();
        Sample sample = samples.get(whole ? (int) index : random.nextInt(samples.size()));
        return sample.hl7() ? hl7(sample, index, whole, random) : http(sample, index, whole, random);
    }

    /** A message that is surely accepted. */
    static byte[] good(String controlId) {
        return framed(("MSH|^~\\&|PAS|RJ1|KNOCKON|RJ1|20260302090000||SIU^S12^SIU_S12|" + controlId + "|P|2.4\r"
                        + "SCH|1|A" + Math.floorMod(controlId.hashCode(), APPOINTMENTS)
                        + "|||||||||^^^202603100930^202603101000\rAIS|1||MRI1\r")
                .getBytes(ISO_8859_1));
    }

    private static FuzzInput hl7(Sample sample, long index, boolean whole, SplittableRandom random) {
        String id = "F" + index;
        String feed = FuzzFeeds.HL7.get(random.nextInt(FuzzFeeds.HL7.size()));
        String text = new String(sample.body(), ISO_8859_1)
                .replace("A1001", "A" + random.nextInt(APPOINTMENTS))
                .replaceFirst("^(MSH\\|(?:[^|\r\n]*\\|){8})C1(?=[|\r\n])", "$1" + id);
        byte[] message = PlantedSecrets.numbered(text.getBytes(ISO_8859_1), index);
        Hl7Mutations mutations = new Hl7Mutations(random);
        Map<String, String> none = Map.of();
        if (!whole && random.nextBoolean()) {
            // Bytes that move may carry a text into a field that is published, so these have no secrets.
            byte[] neutral = new String(message, ISO_8859_1)
                    .replaceAll("(?i)quibblethorpe\\d+z|ottoline|araminta|garrulous|marzipan", "Smith")
                    .replaceAll("9000000009|900 000 0009|020 7946 0009", "1111111111")
                    .getBytes(ISO_8859_1);
            byte[] stream = mutations.bytes(framed(neutral));
            return new FuzzInput(index, at(feed, sample.with(none, stream)), false, "");
        }
        byte[] content = whole ? message : mutations.fields(message);
        String sent = new String(content, ISO_8859_1);
        boolean certain = sent.startsWith("MSH|^~\\&|") && sent.contains("|" + id + "|");
        return new FuzzInput(index, at(feed, sample.with(none, framed(content))), true, certain ? id : "");
    }

    private FuzzInput http(Sample sample, long index, boolean whole, SplittableRandom random) {
        String id = "e-1-" + index;
        String text = new String(sample.body(), ISO_8859_1)
                .replace("\"e-1\"", "\"" + id + "\"")
                .replace("\"a-1\"", "\"a-" + random.nextInt(APPOINTMENTS) + "\"")
                .replace("1001", "1001-" + random.nextInt(APPOINTMENTS));
        byte[] body = PlantedSecrets.numbered(text.getBytes(ISO_8859_1), index);
        Map<String, String> headers = new HashMap<>(sample.headers());
        headers.computeIfPresent("ce-id", (name, value) -> value.equals("e-1") ? id : value);
        boolean certain = id.equals(headers.get("ce-id"));
        String method = sample.method();
        String path = sample.path();
        if (!whole) {
            body = new JsonMutations(random.nextLong()).of(body);
            if (random.nextInt(8) == 0) {
                switch (random.nextInt(4)) {
                    case 0 -> method = METHODS.get(random.nextInt(METHODS.size()));
                    case 1 -> path = PATHS.get(random.nextInt(PATHS.size()));
                    case 2 -> headers.put("Content-Type", TYPES.get(random.nextInt(TYPES.size())));
                    default -> headers.put("Content-Encoding", random.nextBoolean() ? "gzip" : "br");
                }
            }
        }
        Sample sent = new Sample(sample.name(), sample.feed(), method, path, headers, body);
        return new FuzzInput(index, sent, false, certain ? id : "");
    }

    private static Sample at(String feed, Sample sample) {
        return new Sample(sample.name(), feed, "", "", Map.of(), sample.body());
    }

    private static byte[] framed(byte[] message) {
        byte[] framed = new byte[message.length + 3];
        framed[0] = FRAME_START;
        System.arraycopy(message, 0, framed, 1, message.length);
        framed[message.length + 1] = FRAME_END;
        framed[message.length + 2] = '\r';
        return framed;
    }
}
