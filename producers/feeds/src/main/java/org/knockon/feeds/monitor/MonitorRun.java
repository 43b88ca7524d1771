package org.knockon.feeds.monitor;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.knockon.feeds.message.Flag;
import org.knockon.feeds.message.MappedMessage;
import org.knockon.feeds.message.RecordLimits;
import org.knockon.feeds.message.Refusal;
import org.knockon.feeds.message.RefusalReason;
import org.knockon.feeds.tables.IdTable;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.SystemStatus;

/**
 * The state while one message is mapped. First the whole message changes the state, then the observations are made, so
 * that all of them know of every alert in the message.
 */
final class MonitorRun {

    /** Systems that labels may add. A label with a value of its own for every alert would fill the state otherwise. */
    private static final int MOST_SYSTEMS = 10_000;

    private record Instant(String systemId, long at) {}

    /** @param own status of the object at that instant; null for what the state says */
    private record Cause(String source, String object, SystemStatus own, String detail) {}

    private final MonitorSettings settings;
    private final MonitorContext context;
    private final MonitorState before;
    private final IdTable rules;
    private final Map<String, SystemReports> systems;
    private final Map<Instant, Cause> instants = new LinkedHashMap<>();
    private final Set<Flag> flags = EnumSet.noneOf(Flag.class);
    private final Set<String> unmapped = new TreeSet<>();
    private final List<MappedMessage> refusedParts = new ArrayList<>();

    MonitorRun(MonitorSettings settings, MonitorState before, MonitorContext context) {
        this.settings = settings;
        this.context = context;
        this.before = before;
        this.rules = new IdTable(settings.systems().rules(), List.of());
        this.systems = new HashMap<>(before.systems());
    }

    long receivedAt() {
        return context.receivedAt();
    }

    void flag(Flag flag) {
        flags.add(flag);
    }

    void refusePart(Refusal refusal) {
        refusedParts.add(MappedMessage.refused(refusal.reason(), refusal.where()));
    }

    void unmapped(String name) {
        flags.add(Flag.UNMAPPED_NAME);
        unmapped.add(name);
    }

    /** The system of a message with these attributes, if one is known that the topic accepts. */
    Optional<String> system(Map<String, List<String>> attributes) {
        Optional<String> byRule = rules.id(attributes);
        if (byRule.isPresent()) {
            return byRule;
        }
        Optional<String> byLabel = settings.systems()
                .id(attributes)
                .filter(id -> DetailText.acceptsId(id, receivedAt()))
                .filter(id -> systems.containsKey(id) || systems.size() < MOST_SYSTEMS);
        byLabel.filter(id -> !reports(id).byLabel())
                .ifPresent(id -> systems.put(id, reports(id).named()));
        return byLabel;
    }

    SystemReports reports(String systemId) {
        return systems.getOrDefault(systemId, SystemReports.NONE);
    }

    void put(String systemId, SystemReports reports) {
        systems.put(systemId, reports);
    }

    /** Makes an observation of the system at an instant, from the state after the whole message. */
    void observe(String systemId, long at, String source, String detail) {
        mention(systemId, detail);
        instants.putIfAbsent(new Instant(systemId, at), new Cause(source, "", null, detail));
        observeAgain(systemId, at, source, detail);
    }

    /** The same for one object, whose status at that instant is known although it may have changed since. */
    void observe(String systemId, long at, String object, SystemStatus own, String detail) {
        mention(systemId, detail);
        instants.merge(
                new Instant(systemId, at),
                new Cause(object, object, own, detail),
                (first, second) -> first.own() == null || second.own().compareTo(first.own()) <= 0 ? first : second);
    }

    /** Each heartbeat speaks of an instant whose alerts have all arrived by now. */
    void beat(Heartbeat heartbeat, String source, String detail) {
        long at = receivedAt() - heartbeat.lag();
        if (at < context.listeningSince()) {
            return;
        }
        for (String systemId : covered(heartbeat)) {
            instants.putIfAbsent(new Instant(systemId, at), new Cause(source, "", null, detail));
        }
    }

    /** Repeats the last state of each system of which the monitor spoke within the hold. */
    void repeat(Hold hold) {
        for (String systemId : new TreeSet<>(systems.keySet())) {
            SystemReports reports = reports(systemId);
            if (reports.receivedAt() > 0 && receivedAt() - reports.receivedAt() <= hold.duration()) {
                instants.put(new Instant(systemId, receivedAt()), new Cause("hold", "", null, reports.detail()));
            }
        }
    }

    MonitorResult result() {
        List<Observation> observations = new ArrayList<>();
        List<String> sources = new ArrayList<>();
        instants.forEach((instant, cause) -> {
            observations.add(observation(instant, cause));
            sources.add(cause.source());
        });
        Optional<String> exceeded = observations.stream()
                .flatMap(observation -> RecordLimits.exceeded(observation, receivedAt()).stream())
                .findFirst();
        if (exceeded.isPresent()) {
            return refused(RefusalReason.BAD_FIELD, exceeded.get(), before);
        }
        instants.keySet()
                .forEach(instant -> systems.compute(
                        instant.systemId(),
                        (id, reports) -> (reports == null ? SystemReports.NONE : reports)
                                .observed(instant.at())
                                .trimmed(receivedAt() - settings.kept())));
        MappedMessage message = message(observations);
        return new MonitorResult(
                MonitorResponses.of(message), message, sources, new MonitorState(systems), refusedParts);
    }

    /** Nothing of the message counts. */
    static MonitorResult refused(RefusalReason reason, String where, MonitorState before) {
        MappedMessage message = MappedMessage.refused(reason, where);
        return new MonitorResult(MonitorResponses.of(message), message, List.of(), before, List.of());
    }

    private MappedMessage message(List<Observation> observations) {
        if (!observations.isEmpty()) {
            return MappedMessage.observations(observations, flags, List.copyOf(unmapped));
        }
        return unmapped.isEmpty() ? MappedMessage.ignored(flags) : MappedMessage.unmapped(flags, List.copyOf(unmapped));
    }

    private Observation observation(Instant instant, Cause cause) {
        Optional<Report> worst = reports(instant.systemId()).worstAt(instant.at(), cause.object());
        SystemStatus own = cause.own() == null ? SystemStatus.UP : cause.own();
        boolean ownCounts = worst.isEmpty() || worst.get().status().compareTo(own) <= 0;
        SystemStatus status = ownCounts ? own : worst.get().status();
        String detail = ownCounts && (cause.own() != null || worst.isEmpty())
                ? cause.detail()
                : worst.get().detail();
        return new Observation(instant.systemId(), status, instant.at(), settings.monitor(), detail);
    }

    private void mention(String systemId, String detail) {
        systems.put(systemId, reports(systemId).mentioned(receivedAt(), detail));
    }

    /**
     * Of a later instant something else may have been observed already, before the monitor knew better. Then the present
     * is observed as well, or the older record would stay the newest.
     */
    void observeAgain(String systemId, long at, String source, String detail) {
        if (at < before.of(systemId).observedAt() && at < receivedAt()) {
            instants.putIfAbsent(new Instant(systemId, receivedAt()), new Cause(source, "", null, detail));
        }
    }

    private Set<String> covered(Heartbeat heartbeat) {
        Set<String> covered = new TreeSet<>(heartbeat.covers());
        settings.systems().rules().forEach(rule -> covered.add(rule.id()));
        systems.forEach((id, reports) -> {
            if (reports.byLabel() && context.inCatalogue().test(id)) {
                covered.add(id);
            }
        });
        return covered;
    }
}
