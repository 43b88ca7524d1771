package org.knockon.feeds.settings;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.knockon.feeds.settings.ProbeSettings.Http;
import org.knockon.feeds.settings.ProbeSettings.Probe;
import org.knockon.feeds.settings.ProbeSettings.Target;
import org.knockon.feeds.settings.ProbeSettings.Tcp;
import org.knockon.feeds.settings.ProbeSettings.Tls;
import org.knockon.producers.yaml.Item;
import org.knockon.producers.yaml.Section;

/** Reads what we look at ourselves. */
final class ProbeParser {

    private static final Pattern STATUSES = Pattern.compile("([1-5]\\d\\d)(?:-([1-5]\\d\\d))?");
    private static final int LEAST_STATUS = 200;
    private static final int MOST_STATUS = 399;
    private static final Duration SECOND = Duration.ofSeconds(1);

    private ProbeParser() {}

    static ProbeSettings read(Section section, FeedIdentity identity) {
        Item timeoutItem = section.optional("timeout");
        Duration every = Bounds.span(section.optional("every"), SECOND, Duration.ofHours(1), SECOND.multipliedBy(30));
        Duration timeout =
                Bounds.span(timeoutItem, Duration.ofMillis(100), Duration.ofMinutes(1), SECOND.multipliedBy(5));
        if (timeout.compareTo(every) > 0) {
            timeoutItem.reject("'timeout' is longer than 'every'", "a look must end before the next begins");
        }
        return new ProbeSettings(
                identity,
                every,
                timeout,
                probes(section.required("systems")),
                MonitorParser.monitor(section, identity));
    }

    private static List<Probe> probes(Item item) {
        List<Probe> probes = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        List<Item> entries = item.list();
        if (item.present() && entries.isEmpty()) {
            item.reject("'" + item.path() + "' names no system", "add {id: ID, http: URL}");
        }
        for (Item entry : entries) {
            try (Section section = entry.section()) {
                Item idItem = section.required("id");
                String id = TableParser.id(idItem);
                if (!id.isEmpty() && !ids.add(id)) {
                    idItem.reject("the system '" + id + "' is given twice", "look at it in one way");
                }
                target(section).ifPresent(target -> probes.add(new Probe(id, target)));
            }
        }
        return probes;
    }

    private static Optional<Target> target(Section section) {
        Item http = section.optional("http");
        Item tcp = section.optional("tcp");
        Item tls = section.optional("tls");
        long given = List.of(http, tcp, tls).stream().filter(Item::present).count();
        if (given != 1) {
            section.reject(
                    given == 0 ? "there is nothing to look at" : "there are " + given + " things to look at",
                    "give one of http, tcp and tls");
        }
        if (http.present()) {
            Optional<URI> url = Urls.web(http);
            int[] statuses = statuses(section.optional("expect"));
            return url.map(address -> new Http(address, statuses[0], statuses[1]));
        }
        if (tls.present()) {
            Duration warnBefore = Bounds.span(
                    section.optional("warnBefore"), Duration.ZERO, Duration.ofDays(365), Duration.ofDays(14));
            return Urls.hostPort(tls).map(to -> new Tls(to.host(), to.port(), warnBefore));
        }
        return Urls.hostPort(tcp).map(to -> new Tcp(to.host(), to.port()));
    }

    private static int[] statuses(Item item) {
        String text = item.text(null);
        if (text == null) {
            return new int[] {LEAST_STATUS, MOST_STATUS};
        }
        Matcher matcher = STATUSES.matcher(text);
        int least = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
        int most = least > 0 && matcher.group(2) != null ? Integer.parseInt(matcher.group(2)) : least;
        if (least == 0 || most < least) {
            item.reject("'" + item.path() + "' is '" + text + "'", "write status codes as 200 or 200-399");
        }
        return new int[] {least, most};
    }
}
