package org.knockon.feeds.run;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.knockon.feeds.count.FeedCounts;
import org.knockon.feeds.load.ExtractReader;
import org.knockon.feeds.load.ExtractRow;
import org.knockon.feeds.load.LoadMapper;
import org.knockon.feeds.load.LoadedRow;
import org.knockon.feeds.message.MappedMessage;
import org.knockon.feeds.message.RememberedAppointments;
import org.knockon.feeds.pseudonym.KeyedHash;
import org.knockon.feeds.publish.BulkPublisher;
import org.knockon.feeds.publish.Publication;
import org.knockon.feeds.settings.ExtractSettings;
import org.knockon.feeds.settings.FeedSettings;
import org.knockon.feeds.settings.FeedsFile;
import org.knockon.feeds.settings.PseudonymSettings;
import org.knockon.feeds.state.FeedMemory;
import org.knockon.feeds.state.MemoryReader;
import org.knockon.feeds.tables.AttributeHashes;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.schemas.FeedState;

/**
 * Loads what a booking system holds on the first day: each row of an extract whose appointment is not known as new yet
 * becomes a version. It may run beside the instance that receives messages, and again after it was killed: what is on
 * the topics is not published again.
 *
 * <p>Valid: {@code open, run, close}, with {@code report} and {@code stop} at any time from other threads. Without {@link
 * #connect} before {@code run} nothing is published.
 */
public final class FirstLoad implements AutoCloseable {

    /** Refused rows that are named. The rest is counted. */
    private static final int MOST_REFUSED = 100;

    private final FeedSettings feed;
    private final CountedStream in;
    private final ExtractReader rows;
    private final LoadMapper mapper;
    private final KeyedHash hash;
    private final FeedMemory memory;
    private final RememberedAppointments remembered;
    private final InstantSource clock;
    private final FeedCounts counts;
    private final AtomicLong read = new AtomicLong();
    private final List<LoadReport.Refused> refused = new ArrayList<>();
    private Optional<BulkPublisher> publisher = Optional.empty();
    private volatile boolean stopped;
    private volatile boolean complete;

    private FirstLoad(FeedsFile file, FeedSettings feed, OptionalLong asOf, InputStream extract, InstantSource clock)
            throws IOException {
        ExtractSettings settings = FeedTables.extract(feed).orElseThrow();
        PseudonymSettings key = file.pseudonyms().orElseThrow();
        this.feed = feed;
        this.in = new CountedStream(extract);
        this.rows = new ExtractReader(
                new InputStreamReader(in, settings.charset()),
                settings.separator(),
                settings.columns().names());
        this.mapper = new LoadMapper(FeedTables.extractTables(feed, settings), asOf, key.patients(), key.hash());
        this.hash = key.hash();
        this.memory = new FeedMemory(FeedTables.remembering(file));
        this.remembered = memory.appointmentsOf(feed.name());
        this.clock = clock;
        this.counts = new FeedCounts(feed.name(), feed.kind().word(), seconds -> {});
    }

    /**
     * Reads the first line of an extract.
     *
     * @param feed of the file, with a description of its extract
     * @param asOf when the extract was made, for rows without a time of their own; epoch milliseconds
     * @param extract closed by {@link #close}
     * @throws org.knockon.feeds.load.ExtractException if the first line lacks a column
     */
    public static FirstLoad open(
            FeedsFile file, FeedSettings feed, OptionalLong asOf, InputStream extract, InstantSource clock)
            throws IOException {
        return new FirstLoad(file, feed, asOf, extract, clock);
    }

    /**
     * Reads what is known of the appointments, so that rows are compared with it and published.
     *
     * @throws org.apache.kafka.common.KafkaException if the broker or the registry does not answer
     */
    public void connect(IngestSettings settings) {
        new MemoryReader(settings.client(), settings.prefix()).readInto(memory);
        publisher = Optional.of(new BulkPublisher(settings.client(), settings.prefix(), settings.exercise()));
    }

    /**
     * Reads and publishes to the end, or until it is stopped.
     *
     * @throws IOException if the extract cannot be read
     * @throws org.apache.kafka.common.KafkaException if something could not be published
     */
    public LoadReport run() throws IOException {
        Optional<ExtractRow> row = rows.next();
        while (row.isPresent() && !stopped) {
            load(row.get());
            row = rows.next();
        }
        publisher.ifPresent(BulkPublisher::finish);
        complete = row.isEmpty();
        return report();
    }

    private void load(ExtractRow row) {
        long now = clock.millis();
        LoadedRow loaded = mapper.map(row, remembered, now);
        MappedMessage message = loaded.message();
        read.incrementAndGet();
        message.refusal().ifPresent(refusal -> {
            synchronized (refused) {
                if (refused.size() < MOST_REFUSED) {
                    refused.add(new LoadReport.Refused(row.line(), refusal));
                }
            }
        });
        if (message.appointments().isEmpty()) {
            counts.count(message, now);
            return;
        }
        AppointmentVersion version = message.appointments().get(0);
        List<FeedState> states = loaded.unmappedHashes().isEmpty()
                ? List.of()
                : List.of(new FeedState.UnmappedService(
                        feed.name(), version.serviceId(), AttributeHashes.written(loaded.unmappedHashes()), now));
        String id = hash.shortHex(row.content());
        memory.remember(version, id);
        if (publisher.isPresent()) {
            publisher.get().publish(Publication.of(feed.name(), id, message, states), () -> counts.count(message, now));
        } else {
            counts.count(message, now);
        }
    }

    /** Ends after the row at hand. */
    public void stop() {
        stopped = true;
    }

    /** What became of the rows so far. */
    public LoadReport report() {
        List<LoadReport.Refused> named;
        synchronized (refused) {
            named = List.copyOf(refused);
        }
        return new LoadReport(read.get(), in.count.get(), counts.snapshot(), named, complete);
    }

    @Override
    public void close() throws IOException {
        stop();
        publisher.ifPresent(BulkPublisher::close);
        in.close();
    }

    /** Counts bytes, for the progress. */
    private static final class CountedStream extends FilterInputStream {
        private final AtomicLong count = new AtomicLong();

        private CountedStream(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            count.addAndGet(b < 0 ? 0 : 1);
            return b;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int n = super.read(bytes, from, length);
            count.addAndGet(Math.max(0, n));
            return n;
        }
    }
}
