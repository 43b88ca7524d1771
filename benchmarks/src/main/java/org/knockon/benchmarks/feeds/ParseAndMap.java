package org.knockon.benchmarks.feeds;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.knockon.benchmarks.harness.Elapsed;
import org.knockon.feeds.fhir.FhirMapper;
import org.knockon.feeds.fhir.FhirResult;
import org.knockon.feeds.hl7.Hl7Mapper;
import org.knockon.feeds.hl7.Hl7Message;
import org.knockon.feeds.hl7.Hl7Reader;
import org.knockon.feeds.message.FeedRequest;
import org.knockon.feeds.message.MappedMessage;
import org.knockon.feeds.message.Outcome;
import org.knockon.feeds.message.RememberedAppointments;
import org.knockon.feeds.monitor.AlertMapper;
import org.knockon.feeds.monitor.AlertSender;
import org.knockon.feeds.monitor.MonitorContext;
import org.knockon.feeds.monitor.MonitorResult;
import org.knockon.feeds.monitor.MonitorState;
import org.knockon.feeds.run.FeedTables;
import org.knockon.feeds.settings.AlertSettings;
import org.knockon.feeds.settings.FeedSettings;
import org.knockon.feeds.settings.FeedsFile;
import org.knockon.feeds.settings.FeedsFileReader;
import org.knockon.feeds.settings.FhirSettings;
import org.knockon.feeds.settings.Hl7Settings;
import org.knockon.feeds.settings.PseudonymSettings;
import org.knockon.feeds.state.FeedMemory;

/** A child program: reads and maps messages on one thread, without socket or broker. */
final class ParseAndMap {

    /** Messages between two looks at the clock. */
    private static final int TURN = 64;

    private static final int MESSAGES_OF_CONNECTION = 320;

    private final FeedsFile file;
    private final MessageKind kind;
    /** Made beforehand, because that is the sender's work. An appointment is booked, moved, booked again and so on. */
    private final List<FeedRequest> messages = new ArrayList<>();

    private ParseAndMap(FeedsFile file, MessageKind kind) {
        this.file = file;
        this.kind = kind;
        SampleMessages samples = new SampleMessages(Instant.now());
        for (int number = 0; number < MESSAGES_OF_CONNECTION; number++) {
            for (int connection = 0; connection < ClosedLoop.CONNECTIONS; connection++) {
                messages.add(samples.request(kind, connection, number));
            }
        }
    }

    /** Arguments: feeds file, kind of messages, seconds of warm-up, seconds, rounds. Prints messages a second of each. */
    public static void main(String[] arguments) {
        FeedsFile file = FeedsFileReader.read(Path.of(arguments[0]));
        IntConsumer map = new ParseAndMap(file, MessageKind.valueOf(arguments[1])).map();
        int done = run(map, 0, Integer.parseInt(arguments[2]));
        for (int round = 0; round < Integer.parseInt(arguments[4]); round++) {
            Elapsed elapsed = new Elapsed();
            int before = done;
            done = run(map, done, Integer.parseInt(arguments[3]));
            System.out.println((done - before) / elapsed.seconds());
        }
    }

    private static int run(IntConsumer map, int from, int seconds) {
        Elapsed elapsed = new Elapsed();
        int message = from;
        while (elapsed.seconds() < seconds) {
            for (int i = 0; i < TURN; i++) {
                map.accept(message++);
            }
        }
        return message;
    }

    private IntConsumer map() {
        FeedSettings feed = SampleFeeds.named(file, kind.feed(0));
        PseudonymSettings key = file.pseudonyms().orElseThrow();
        FeedMemory memory = SampleFeeds.memory(file);
        RememberedAppointments remembered = memory.appointmentsOf(feed.name());
        if (feed instanceof Hl7Settings hl7) {
            Hl7Reader reader = new Hl7Reader(FeedTables.hl7(hl7), key.hash());
            Hl7Mapper mapper = new Hl7Mapper(FeedTables.hl7(hl7), key.patients(), key.hash());
            return number -> {
                Hl7Message message = reader.read(message(number).body());
                MappedMessage mapped = mapper.map(message, remembered, (id, digest) -> false, now())
                        .message();
                require(mapped);
                mapped.appointments().forEach(version -> memory.remember(version, ""));
            };
        }
        if (feed instanceof FhirSettings fhir) {
            FhirMapper mapper = new FhirMapper(FeedTables.fhir(fhir), key.patients(), key.hash());
            return number -> {
                FhirResult result = mapper.map(mapper.read(message(number)), remembered, now());
                result.messages().forEach(ParseAndMap::require);
                result.versions().forEach(each -> memory.remember(each.version(), each.contentHash()));
            };
        }
        AlertMapper mapper = new AlertMapper(AlertSender.ALERTMANAGER, FeedTables.alerts((AlertSettings) feed));
        // As in the feed, all groups share one state.
        AtomicReference<MonitorState> state = new AtomicReference<>(MonitorState.EMPTY);
        return number -> {
            MonitorContext context = new MonitorContext(now(), 0, system -> true);
            MonitorResult result = mapper.map(message(number), state.get(), context);
            require(result.message());
            state.set(result.state());
        };
    }

    private FeedRequest message(int number) {
        return messages.get(number % messages.size());
    }

    private static long now() {
        return System.currentTimeMillis();
    }

    private static void require(MappedMessage mapped) {
        if (mapped.outcome() != Outcome.PUBLISHED) {
            throw new IllegalStateException("a message became " + mapped.outcome() + " " + mapped.refusal());
        }
    }
}
