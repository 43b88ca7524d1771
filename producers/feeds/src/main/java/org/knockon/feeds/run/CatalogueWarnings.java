package org.knockon.feeds.run;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.knockon.feeds.settings.AlertSettings;
import org.knockon.feeds.settings.BookingTables;
import org.knockon.feeds.settings.FeedSettings;
import org.knockon.feeds.settings.IcingaSettings;
import org.knockon.feeds.settings.KumaSettings;
import org.knockon.feeds.settings.ProbeSettings;
import org.knockon.feeds.settings.Silence;
import org.knockon.feeds.tables.IdRule;
import org.knockon.feeds.tables.IdTable;

/** Names ids in the tables of feeds that the catalogue lacks: allowed, for it may come later, but often a slip. */
final class CatalogueWarnings {

    private CatalogueWarnings() {}

    static List<String> of(List<FeedSettings> feeds, Predicate<String> isSystem, Predicate<String> isService) {
        List<String> warnings = new ArrayList<>();
        for (FeedSettings feed : feeds) {
            add(feed, "service", services(feed), isService, warnings);
            add(feed, "system", systems(feed), isSystem, warnings);
        }
        return warnings;
    }

    private static void add(
            FeedSettings feed, String what, Set<String> ids, Predicate<String> known, List<String> warnings) {
        ids.stream()
                .filter(id -> !known.test(id))
                .forEach(
                        id -> warnings.add("feed " + feed.name() + ": the catalogue has no " + what + " '" + id + "'"));
    }

    private static Set<String> services(FeedSettings feed) {
        return FeedTables.tables(feed).map(CatalogueWarnings::services).orElse(Set.of());
    }

    private static Set<String> services(BookingTables tables) {
        Set<String> ids = ids(tables.services());
        tables.defaultService().ifPresent(ids::add);
        return ids;
    }

    private static Set<String> systems(FeedSettings feed) {
        if (feed instanceof AlertSettings alerts) {
            Set<String> ids = ids(alerts.systems());
            if (alerts.silence() instanceof Silence.Heartbeat heartbeat) {
                ids.addAll(heartbeat.covers());
            }
            return ids;
        }
        if (feed instanceof IcingaSettings icinga) {
            return ids(icinga.systems());
        }
        if (feed instanceof KumaSettings kuma) {
            return ids(kuma.systems());
        }
        Set<String> ids = new LinkedHashSet<>();
        if (feed instanceof ProbeSettings probes) {
            probes.probes().forEach(probe -> ids.add(probe.systemId()));
        }
        return ids;
    }

    private static Set<String> ids(IdTable table) {
        Set<String> ids = new LinkedHashSet<>();
        table.rules().stream().map(IdRule::id).forEach(ids::add);
        return ids;
    }
}
