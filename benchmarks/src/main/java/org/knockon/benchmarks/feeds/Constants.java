package org.knockon.benchmarks.feeds;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.knockon.feeds.count.FeedMetrics;
import org.knockon.feeds.http.HttpFeed;
import org.knockon.feeds.message.FeedResponse;
import org.knockon.feeds.mllp.ReceivedMessage;
import org.knockon.feeds.monitor.AlertMapper;
import org.knockon.feeds.monitor.AlertSender;
import org.knockon.feeds.monitor.MonitorSettings;
import org.knockon.feeds.publish.Delivery;
import org.knockon.feeds.publish.Publication;
import org.knockon.feeds.publish.Turns;
import org.knockon.feeds.receive.FeedLife;
import org.knockon.feeds.receive.FeedOutput;
import org.knockon.feeds.receive.FhirReceiver;
import org.knockon.feeds.receive.Hl7Receiver;
import org.knockon.feeds.receive.MonitorReceiver;
import org.knockon.feeds.run.FeedTables;
import org.knockon.feeds.settings.AlertSettings;
import org.knockon.feeds.settings.FeedSettings;
import org.knockon.feeds.settings.FeedsFile;
import org.knockon.feeds.settings.FhirSettings;
import org.knockon.feeds.settings.Hl7Settings;
import org.knockon.feeds.settings.PseudonymSettings;
import org.knockon.feeds.state.FeedMemory;

/**
 * What the feeds themselves make of sample messages, recorded before the measurement. So the zero case publishes as many
 * records of the same kinds and sizes, in as many partitions; with fewer, the ratio would measure the producer.
 */
final class Constants {

    private static final int MESSAGES_OF_CONNECTION = 32;

    /**
     * What one message leads to.
     *
     * @param acknowledgement of HL7; empty otherwise
     * @param response over HTTP
     */
    record Constant(
            List<Publication> publications, Optional<byte[]> acknowledgement, Optional<FeedResponse> response) {}

    private final FeedsFile file;
    private final MessageKind kind;
    private final InstantSource clock = InstantSource.system();
    private final SampleMessages messages = new SampleMessages(clock.instant());
    private List<Publication> published = List.of();

    private Constants(FeedsFile file, MessageKind kind) {
        this.file = file;
        this.kind = kind;
    }

    static List<Constant> of(FeedsFile file, MessageKind kind) {
        return new Constants(file, kind).record();
    }

    /** All connections through one feed: which one does not matter here. */
    private List<Constant> record() {
        BiFunction<Integer, Integer, Constant> receiver = receiver();
        List<Constant> constants = new ArrayList<>();
        for (int number = 0; number < MESSAGES_OF_CONNECTION; number++) {
            for (int connection = 0; connection < ClosedLoop.CONNECTIONS; connection++) {
                constants.add(receiver.apply(connection, number));
            }
        }
        return constants;
    }

    private BiFunction<Integer, Integer, Constant> receiver() {
        FeedSettings feed = SampleFeeds.named(file, kind.feed(0));
        PseudonymSettings key = file.pseudonyms().orElseThrow();
        if (feed instanceof Hl7Settings hl7) {
            Hl7Receiver receiver =
                    new Hl7Receiver(FeedTables.hl7(hl7), key.patients(), key.hash(), new Turns(), output(feed));
            return (connection, number) -> {
                byte[] body = messages.body(kind, connection, number);
                ReceivedMessage message = new ReceivedMessage(body, body.length, clock.instant(), "127.0.0.1");
                Optional<byte[]> answer =
                        receiver.handle(message).toCompletableFuture().join();
                return new Constant(published, answer, Optional.empty());
            };
        }
        HttpFeed receiver = feed instanceof FhirSettings fhir
                ? new FhirReceiver(FeedTables.fhir(fhir), key.patients(), key.hash(), new Turns(), output(feed))
                : alerts((AlertSettings) feed, key);
        return (connection, number) -> {
            FeedResponse response = receiver.handle(messages.request(kind, connection, number), clock.millis())
                    .toCompletableFuture()
                    .join();
            return new Constant(published, Optional.empty(), Optional.of(response));
        };
    }

    private MonitorReceiver alerts(AlertSettings feed, PseudonymSettings key) {
        MonitorSettings tables = FeedTables.alerts(feed);
        return new MonitorReceiver(
                feed.kind().word(),
                SampleFeeds.POST,
                AlertMapper.LARGEST_BODY,
                tables,
                new AlertMapper(AlertSender.ALERTMANAGER, tables)::map,
                Optional.of(key.hash()),
                system -> true,
                output(feed));
    }

    /** Records in place of publishing. */
    private FeedOutput output(FeedSettings feed) {
        FeedMemory memory = SampleFeeds.memory(file);
        return new FeedOutput(
                FeedLife.begin(new FeedMetrics().feed(feed.name(), feed.kind().word())),
                publications -> {
                    published = List.copyOf(publications);
                    return CompletableFuture.completedFuture(Delivery.ACKNOWLEDGED);
                },
                memory,
                Runnable::run,
                clock);
    }
}
