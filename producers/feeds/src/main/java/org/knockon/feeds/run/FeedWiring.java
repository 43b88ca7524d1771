package org.knockon.feeds.run;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import org.knockon.feeds.cloudevents.CloudEventFeedSettings;
import org.knockon.feeds.count.FeedJournal;
import org.knockon.feeds.fhir.FhirFeedSettings;
import org.knockon.feeds.http.HttpFeed;
import org.knockon.feeds.http.HttpFeeds;
import org.knockon.feeds.icinga.IcingaApi;
import org.knockon.feeds.icinga.IcingaConnection;
import org.knockon.feeds.mllp.MllpListener;
import org.knockon.feeds.monitor.AlertMapper;
import org.knockon.feeds.monitor.AlertSender;
import org.knockon.feeds.monitor.IcingaMapper;
import org.knockon.feeds.monitor.KumaMapper;
import org.knockon.feeds.monitor.MonitorSettings;
import org.knockon.feeds.probe.Looker;
import org.knockon.feeds.probe.ProbeFeedSettings;
import org.knockon.feeds.pseudonym.KeyedHash;
import org.knockon.feeds.publish.Turns;
import org.knockon.feeds.receive.EventReceiver;
import org.knockon.feeds.receive.FeedLife;
import org.knockon.feeds.receive.FeedOutput;
import org.knockon.feeds.receive.FhirReceiver;
import org.knockon.feeds.receive.Hl7Receiver;
import org.knockon.feeds.receive.MonitorMap;
import org.knockon.feeds.receive.MonitorReceiver;
import org.knockon.feeds.receive.Outbox;
import org.knockon.feeds.receive.ProbeReceiver;
import org.knockon.feeds.settings.AlertSettings;
import org.knockon.feeds.settings.CloudEventsSettings;
import org.knockon.feeds.settings.FeedKind;
import org.knockon.feeds.settings.FeedSettings;
import org.knockon.feeds.settings.FeedsFile;
import org.knockon.feeds.settings.FhirSettings;
import org.knockon.feeds.settings.Hl7Settings;
import org.knockon.feeds.settings.IcingaSettings;
import org.knockon.feeds.settings.KumaSettings;
import org.knockon.feeds.settings.ProbeSettings;
import org.knockon.feeds.settings.PseudonymSettings;
import org.knockon.feeds.state.FeedMemory;
import org.knockon.server.tls.Trust;

/** Makes the receiver of each feed of a file. */
final class FeedWiring {

    /** Most bytes of a body with lines of Icinga. */
    private static final int LARGEST_LINES = 16 * 1024 * 1024;

    private static final Set<String> POST = Set.of("POST");
    /** Only to recognise repeats of events, which are no secrets, if no feed carries patients. */
    private static final KeyedHash EVENTS =
            new KeyedHash("knockon: identity of CloudEvents, no secret".getBytes(StandardCharsets.US_ASCII));

    /** An HL7 feed; its listener is known once its port is open. */
    record Hl7(Hl7Settings settings, Hl7Receiver receiver, AtomicReference<MllpListener> listener) {}

    /** A feed of a monitor. */
    record Monitor(MonitorSettings settings, MonitorReceiver receiver) {}

    /** A feed of probes. */
    record Probes(ProbeFeedSettings settings, Looker looker, ProbeReceiver receiver) {}

    private final FeedsFile file;
    private final Outbox outbox;
    private final FeedMemory memory;
    private final Map<String, FeedLife> lives;
    private final Predicate<String> inCatalogue;
    private final Executor executor;
    private final InstantSource clock;
    private final Turns appointments = new Turns();
    private final List<Hl7> hl7 = new ArrayList<>();
    private final List<Monitor> monitors = new ArrayList<>();
    private final List<Probes> probes = new ArrayList<>();
    private final List<IcingaConnection> icinga = new ArrayList<>();
    private final Map<String, HttpFeeds.Post> posts = new LinkedHashMap<>();
    private final Map<String, FeedJournal> journals = new LinkedHashMap<>();

    FeedWiring(
            FeedsFile file,
            Outbox outbox,
            FeedMemory memory,
            Map<String, FeedLife> lives,
            Predicate<String> inCatalogue,
            Executor executor,
            InstantSource clock) {
        this.file = file;
        this.outbox = outbox;
        this.memory = memory;
        this.lives = lives;
        this.inCatalogue = inCatalogue;
        this.executor = executor;
        this.clock = clock;
        file.feeds().forEach(this::wire);
    }

    List<Hl7> hl7() {
        return hl7;
    }

    List<Monitor> monitors() {
        return monitors;
    }

    /** Not started. */
    List<IcingaConnection> icinga() {
        return icinga;
    }

    List<Probes> probes() {
        return probes;
    }

    HttpFeeds http() {
        return new HttpFeeds(posts, journals);
    }

    private void wire(FeedSettings feed) {
        if (feed instanceof Hl7Settings settings) {
            AtomicReference<MllpListener> listener = new AtomicReference<>();
            FeedOutput output = output(feed, () -> {
                MllpListener open = listener.get();
                return open == null ? 0 : open.counts().connections();
            });
            PseudonymSettings key = file.pseudonyms().orElseThrow();
            hl7.add(new Hl7(
                    settings,
                    new Hl7Receiver(FeedTables.hl7(settings), key.patients(), key.hash(), appointments, output),
                    listener));
            return;
        }
        if (feed instanceof IcingaSettings settings) {
            icinga(settings);
            return;
        }
        FeedOutput output = output(feed, () -> 0);
        if (feed instanceof FhirSettings settings) {
            FhirFeedSettings tables = FeedTables.fhir(settings);
            PseudonymSettings key = file.pseudonyms().orElseThrow();
            post(feed, new FhirReceiver(tables, key.patients(), key.hash(), appointments, output));
        } else if (feed instanceof AlertSettings settings) {
            MonitorSettings tables = FeedTables.alerts(settings);
            boolean grafana = feed.kind() == FeedKind.GRAFANA;
            AlertMapper mapper = new AlertMapper(grafana ? AlertSender.GRAFANA : AlertSender.ALERTMANAGER, tables);
            Set<String> methods = grafana ? Set.of("POST", "PUT") : POST;
            monitor(feed, methods, AlertMapper.LARGEST_BODY, tables, mapper::map, output);
        } else if (feed instanceof KumaSettings settings) {
            MonitorSettings tables = FeedTables.kuma(settings);
            monitor(feed, POST, AlertMapper.LARGEST_BODY, tables, new KumaMapper(tables)::map, output);
        } else if (feed instanceof CloudEventsSettings settings) {
            CloudEventFeedSettings tables = new CloudEventFeedSettings(feed.name(), settings.monitor());
            post(feed, new EventReceiver(tables, hash().orElse(EVENTS), output));
        } else if (feed instanceof ProbeSettings settings) {
            ProbeFeedSettings tables = FeedTables.probes(settings);
            probes.add(new Probes(
                    tables, new Looker(tables.timeout(), Trust.ofThisJvm()), new ProbeReceiver(tables, output)));
        }
    }

    private void icinga(IcingaSettings settings) {
        MonitorSettings tables = FeedTables.icinga(settings);
        IcingaMapper mapper = new IcingaMapper(tables);
        MonitorMap lines = (request, state, context) -> mapper.lines(request.body(), state, context);
        AtomicReference<IcingaConnection> connected = new AtomicReference<>();
        FeedOutput output = output(settings, () -> {
            IcingaConnection open = connected.get();
            return open == null ? 0 : open.connections();
        });
        MonitorReceiver receiver = monitor(settings, POST, LARGEST_LINES, tables, lines, output);
        settings.connection().ifPresent(connection -> {
            connected.set(new IcingaConnection(settings.name(), new IcingaApi(connection), mapper, receiver, clock));
            icinga.add(connected.get());
        });
    }

    private MonitorReceiver monitor(
            FeedSettings feed,
            Set<String> methods,
            int largestBody,
            MonitorSettings tables,
            MonitorMap map,
            FeedOutput output) {
        MonitorReceiver receiver =
                new MonitorReceiver(feed.kind().word(), methods, largestBody, tables, map, hash(), inCatalogue, output);
        monitors.add(new Monitor(tables, receiver));
        post(feed, receiver);
        return receiver;
    }

    private void post(FeedSettings feed, HttpFeed receiver) {
        if (feed.receivesPosts()) {
            posts.put(feed.name(), new HttpFeeds.Post(receiver, feed.identity().credential()));
        }
    }

    private FeedOutput output(FeedSettings feed, IntSupplier connections) {
        FeedLife life = lives.get(feed.name());
        life.counts().connections(connections);
        journals.put(feed.name(), life.journal());
        return new FeedOutput(life, outbox, memory, executor, clock);
    }

    private Optional<KeyedHash> hash() {
        return file.pseudonyms().map(PseudonymSettings::hash);
    }
}
