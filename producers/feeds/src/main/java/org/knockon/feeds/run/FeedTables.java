package org.knockon.feeds.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.knockon.feeds.fhir.FhirFeedSettings;
import org.knockon.feeds.hl7.FieldRef;
import org.knockon.feeds.hl7.Hl7FeedSettings;
import org.knockon.feeds.hl7.RefusalAnswer;
import org.knockon.feeds.hl7.StatusMeaning;
import org.knockon.feeds.load.ExtractTables;
import org.knockon.feeds.load.ExtractWords;
import org.knockon.feeds.monitor.Heartbeat;
import org.knockon.feeds.monitor.Hold;
import org.knockon.feeds.monitor.MonitorSettings;
import org.knockon.feeds.probe.ProbeFeedSettings;
import org.knockon.feeds.probe.ProbeTarget;
import org.knockon.feeds.settings.AlertSettings;
import org.knockon.feeds.settings.BookingTables;
import org.knockon.feeds.settings.ExtractSettings;
import org.knockon.feeds.settings.FeedIdentity;
import org.knockon.feeds.settings.FeedSettings;
import org.knockon.feeds.settings.FeedsFile;
import org.knockon.feeds.settings.FhirSettings;
import org.knockon.feeds.settings.Hl7Settings;
import org.knockon.feeds.settings.IcingaSettings;
import org.knockon.feeds.settings.KumaSettings;
import org.knockon.feeds.settings.ProbeSettings;
import org.knockon.feeds.settings.Silence;
import org.knockon.feeds.state.FeedMemory;
import org.knockon.feeds.tables.IdTable;
import org.knockon.feeds.tables.TextPattern;
import org.knockon.feeds.tables.WordTable;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.SystemStatus;

/** The tables of a feeds file in the form in which the maps read them. Pure. */
public final class FeedTables {

    /** Kuma and Icinga have states in place of alerts, so nothing of theirs ends by age. */
    private static final Duration NO_AGE = Duration.ofDays(7);

    private FeedTables() {}

    public static Hl7FeedSettings hl7(Hl7Settings feed) {
        BookingTables tables = feed.tables();
        Map<String, StatusMeaning> triggers = new HashMap<>();
        feed.triggers().forEach((trigger, status) -> triggers.put(trigger, new StatusMeaning(status)));
        return new Hl7FeedSettings(
                feed.identity().namespace(),
                feed.zone(),
                feed.charset(),
                tables.services(),
                tables.defaultService(),
                tables.reasons(),
                tables.priorities(),
                triggers,
                statuses(feed.statuses()),
                feed.startFrom().stream().map(FieldRef::parse).toList(),
                feed.processing(),
                feed.rebooking(),
                (int) tables.defaultLength().toMinutes(),
                feed.acceptRefused() ? RefusalAnswer.ACCEPT : RefusalAnswer.ANSWER);
    }

    private static WordTable<StatusMeaning> statuses(WordTable<Optional<AppointmentStatus>> words) {
        return new WordTable<>(words.entries().stream()
                .map(entry -> Map.entry(entry.getKey(), new StatusMeaning(entry.getValue())))
                .toList());
    }

    public static FhirFeedSettings fhir(FhirSettings feed) {
        BookingTables tables = feed.tables();
        return new FhirFeedSettings(
                feed.name(),
                feed.identity().namespace(),
                feed.identifier(),
                feed.dueIn(),
                tables.services(),
                tables.defaultService(),
                tables.reasons(),
                tables.priorities(),
                (int) tables.defaultLength().toMinutes());
    }

    /** How the extract of a booking system looks; empty for other feeds, and for one that has none. */
    public static Optional<ExtractSettings> extract(FeedSettings feed) {
        return tables(feed).flatMap(BookingTables::load);
    }

    public static ExtractTables extractTables(FeedSettings feed, ExtractSettings extract) {
        BookingTables tables = tables(feed).orElseThrow();
        List<Map.Entry<TextPattern, Optional<AppointmentStatus>>> statuses =
                new ArrayList<>(extract.statuses().entries());
        if (feed instanceof Hl7Settings hl7) {
            statuses.addAll(hl7.statuses().entries());
        }
        return new ExtractTables(
                feed.identity().namespace(),
                extract.columns(),
                extract.zone(),
                extract.times(),
                tables.services(),
                tables.defaultService(),
                ExtractWords.statuses(statuses),
                tables.reasons(),
                tables.priorities(),
                (int) tables.defaultLength().toMinutes());
    }

    /** The tables of a booking system; empty for other feeds. */
    static Optional<BookingTables> tables(FeedSettings feed) {
        if (feed instanceof Hl7Settings hl7) {
            return Optional.of(hl7.tables());
        }
        return feed instanceof FhirSettings fhir ? Optional.of(fhir.tables()) : Optional.empty();
    }

    /** What each feed of a file remembers. */
    static List<FeedMemory.Feed> remembering(FeedsFile file) {
        return file.feeds().stream()
                .map(feed -> new FeedMemory.Feed(
                        feed.name(),
                        feed.identity().namespace(),
                        feed instanceof Hl7Settings hl7 && hl7.rebooking().isPresent()))
                .toList();
    }

    public static MonitorSettings alerts(AlertSettings feed) {
        Optional<Heartbeat> heartbeat = feed.silence() instanceof Silence.Heartbeat signs
                ? Optional.of(new Heartbeat(signs.match(), signs.lag().toMillis(), List.copyOf(signs.covers())))
                : Optional.empty();
        Optional<Hold> hold = feed.silence() instanceof Silence.Hold held ? Optional.of(hold(held)) : Optional.empty();
        return new MonitorSettings(
                feed.name(),
                feed.monitor(),
                feed.systems(),
                feed.severities(),
                heartbeat,
                hold,
                feed.oldest().toMillis());
    }

    static MonitorSettings kuma(KumaSettings feed) {
        return states(feed.identity(), feed.monitor(), feed.systems(), Optional.of(hold(feed.hold())));
    }

    static MonitorSettings icinga(IcingaSettings feed) {
        return states(feed.identity(), feed.monitor(), feed.systems(), Optional.empty());
    }

    private static MonitorSettings states(FeedIdentity identity, String monitor, IdTable systems, Optional<Hold> hold) {
        WordTable<Optional<SystemStatus>> noSeverities = new WordTable<>(List.of());
        return new MonitorSettings(
                identity.name(), monitor, systems, noSeverities, Optional.empty(), hold, NO_AGE.toMillis());
    }

    private static Hold hold(Silence.Hold hold) {
        return new Hold(hold.age().toMillis(), hold.refresh().toMillis());
    }

    public static ProbeFeedSettings probes(ProbeSettings feed) {
        return new ProbeFeedSettings(
                feed.name(),
                feed.monitor(),
                feed.every().toMillis(),
                feed.timeout().toMillis(),
                feed.probes().stream().map(FeedTables::target).toList());
    }

    private static ProbeTarget target(ProbeSettings.Probe probe) {
        if (probe.target() instanceof ProbeSettings.Http http) {
            return new ProbeTarget.Http(probe.systemId(), http.url(), http.least(), http.most());
        }
        if (probe.target() instanceof ProbeSettings.Tls tls) {
            return new ProbeTarget.Tls(
                    probe.systemId(), tls.host(), tls.port(), tls.warnBefore().toMillis());
        }
        ProbeSettings.Tcp tcp = (ProbeSettings.Tcp) probe.target();
        return new ProbeTarget.Tcp(probe.systemId(), tcp.host(), tcp.port());
    }
}
