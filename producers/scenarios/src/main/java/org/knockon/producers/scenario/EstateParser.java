package org.knockon.producers.scenario;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.ServiceStandard;
import org.knockon.producers.yaml.Item;
import org.knockon.producers.yaml.Section;

/** Reads organisations, sites, monitors, policies, standards and systems. */
final class EstateParser {
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    private static final long SECOND = Duration.ofSeconds(1).toMillis();
    private static final BigDecimal HUNDRED_PERCENT = BigDecimal.valueOf(100);

    private final ScenarioDraft draft;
    private final Map<String, MonitoringPolicy> policies = new LinkedHashMap<>();
    private final Map<String, ServiceStandard> standards = new LinkedHashMap<>();
    private final Set<String> systemIds = new LinkedHashSet<>();

    private EstateParser(ScenarioDraft draft) {
        this.draft = draft;
    }

    static void read(ScenarioDraft draft, Section top) {
        EstateParser parser = new EstateParser(draft);
        top.required("organisations").list().forEach(parser::organisation);
        top.required("sites").list().forEach(parser::site);
        parser.policies(top.required("policies"));
        parser.standards(top.optional("standards"));
        Item systems = top.required("systems");
        // Monitors, systems and dependencies may name systems that follow later in the file.
        parser.collectSystemIds(systems);
        top.required("monitors").list().forEach(parser::monitor);
        systems.list().forEach(parser::group);
    }

    private void organisation(Item item) {
        try (Section section = item.section()) {
            Item code = section.required("code");
            Organisation organisation =
                    new Organisation(code.text(""), section.required("name").text(""));
            if (draft.isNew("organisation", organisation.code(), code)) {
                draft.organisations.put(organisation.code(), organisation);
            }
        }
    }

    private void site(Item item) {
        try (Section section = item.section()) {
            Item code = section.required("code");
            Item key = section.required("key");
            Site site = new Site(
                    code.text(""),
                    key.text(""),
                    section.required("name").text(""),
                    section.required("organisation").reference("organisation", draft.organisations.keySet(), ""));
            if (draft.isNew("site", site.code(), code) & draft.isNew("site key", site.key(), key)) {
                draft.sites.put(site.code(), site);
            }
        }
    }

    private void policies(Item item) {
        try (Section section = item.section()) {
            section.entries().forEach((name, value) -> {
                try (Section policy = value.section()) {
                    policies.put(
                            name,
                            new MonitoringPolicy(
                                    wholeSeconds(policy.required("confirmAfter"), 0),
                                    wholeSeconds(policy.required("recoverAfter"), 0),
                                    Math.max(1, wholeSeconds(policy.required("silenceAfter"), HOUR))));
                }
            });
        }
    }

    private static long wholeSeconds(Item item, long fallback) {
        long span = item.span(fallback);
        if (span % SECOND != 0) {
            item.reject("'" + item.path() + "' is not a whole number of seconds", "records hold it in seconds");
        }
        return span;
    }

    private void standards(Item item) {
        try (Section section = item.section()) {
            section.entries().forEach((name, value) -> {
                try (Section standard = value.section()) {
                    standards.put(
                            name,
                            new ServiceStandard(
                                    standard.optional("availabilityPercent")
                                            .decimal(BigDecimal.ZERO, HUNDRED_PERCENT, null),
                                    (int) standard.required("longestOutageMinutes")
                                            .whole(0, Integer.MAX_VALUE, 0)));
                }
            });
        }
    }

    private void collectSystemIds(Item systems) {
        for (Item group : systems.list()) {
            for (Item member : group.section().optional("members").list()) {
                String id = member.section().optional("id").text(null);
                if (id != null) {
                    systemIds.add(id);
                }
            }
        }
    }

    private void monitor(Item item) {
        try (Section section = item.section()) {
            Item id = section.required("id");
            Item heartbeat = section.required("heartbeat");
            Monitor monitor = new Monitor(
                    id.text(""),
                    heartbeat.span(HOUR),
                    section.optional("diesWith").reference("system", systemIds, null));
            if (monitor.heartbeat() < SECOND) {
                heartbeat.reject("a heartbeat must be at least 1 second", "write, for example, 15m");
            }
            if (draft.isNew("monitor", monitor.id(), id)) {
                draft.monitors.put(monitor.id(), monitor);
            }
        }
    }

    private void group(Item item) {
        try (Section section = item.section()) {
            Item name = section.required("group");
            String group = name.text("");
            draft.isNew("group", group, name);
            String kind = section.required("kind").text("");
            String organisation =
                    section.required("organisation").reference("organisation", draft.organisations.keySet(), "");
            Item policyName = section.required("policy");
            MonitoringPolicy policy = policies.get(policyName.reference("policy", policies.keySet(), ""));
            ServiceStandard standard = standard(section.optional("standard"), null);
            List<String> dependsOn = references(section.optional("dependsOn"), "system", systemIds);
            Item monitorList = section.required("monitors");
            List<String> monitors = references(monitorList, "monitor", draft.monitors.keySet());
            if (policy != null) {
                checkHeartbeats(monitorList, monitors, policy);
            }
            MonitoringPolicy policyOrAny = policy == null ? new MonitoringPolicy(0, 0, HOUR) : policy;
            for (Item member : section.required("members").list()) {
                member(member, group, kind, organisation, dependsOn, policyOrAny, standard, monitors);
            }
        }
    }

    private void member(
            Item item,
            String group,
            String kind,
            String organisation,
            List<String> groupDependsOn,
            MonitoringPolicy policy,
            ServiceStandard groupStandard,
            List<String> monitors) {
        try (Section section = item.section()) {
            Item id = section.required("id");
            String systemId = id.text("");
            Set<String> dependsOn = new HashSet<>(groupDependsOn);
            Item also = section.optional("alsoDependsOn");
            dependsOn.addAll(references(also, "system", systemIds));
            if (dependsOn.contains(systemId)) {
                id.reject("system '" + systemId + "' depends on itself", "take it out of dependsOn");
            }
            ServiceStandard standard = standard(section.optional("standard"), groupStandard);
            MonitoredSystem system = new MonitoredSystem(
                    systemId, section.required("name").text(""), organisation, kind, dependsOn, policy, standard);
            if (draft.isNew("system", systemId, id)) {
                draft.systems.put(systemId, new ScenarioSystem(system, group, monitors));
            }
        }
    }

    private ServiceStandard standard(Item item, ServiceStandard fallback) {
        return item.present() ? standards.get(item.reference("standard", standards.keySet(), "")) : fallback;
    }

    private static List<String> references(Item item, String what, Set<String> defined) {
        List<String> names = new ArrayList<>();
        for (Item entry : item.list()) {
            String name = entry.reference(what, defined, null);
            if (name != null) {
                names.add(name);
            }
        }
        return names;
    }

    /** A system whose monitors report less often than {@code silenceAfter} would always be DOWN. */
    private void checkHeartbeats(Item item, List<String> names, MonitoringPolicy policy) {
        for (String name : names) {
            long heartbeat = draft.monitors.get(name).heartbeat();
            if (heartbeat > policy.silenceAfter()) {
                item.reject(
                        "monitor '" + name + "' reports every " + heartbeat / MINUTE + " minutes, but after "
                                + policy.silenceAfter() / MINUTE + " minutes of silence the system counts as down",
                        "raise silenceAfter or report more often");
            }
        }
    }
}
