package org.knockon.cli.doctor;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.knockon.feeds.probe.Look;
import org.knockon.feeds.probe.Looker;
import org.knockon.feeds.probe.ProbeFeedSettings;
import org.knockon.feeds.probe.ProbeTarget;
import org.knockon.feeds.run.FeedTables;
import org.knockon.feeds.settings.FeedSettings;
import org.knockon.feeds.settings.ProbeSettings;
import org.knockon.impact.model.SystemStatus;
import org.knockon.server.tls.Trust;

/** Looks at each target of the probes once, in the way the feeds do. */
final class ProbeChecks {

    private static final int MOST_AT_ONCE = 16;

    private ProbeChecks() {}

    static List<Check> of(List<FeedSettings> feeds, Instant now) {
        ExecutorService threads = Executors.newFixedThreadPool(MOST_AT_ONCE);
        try {
            List<CompletableFuture<Check>> looks = new ArrayList<>();
            for (FeedSettings feed : feeds) {
                if (feed instanceof ProbeSettings probes) {
                    ProbeFeedSettings settings = FeedTables.probes(probes);
                    Looker looker = new Looker(settings.timeout(), Trust.ofThisJvm());
                    settings.targets()
                            .forEach(target -> looks.add(CompletableFuture.supplyAsync(
                                    () -> check(feed.name(), target, looker.look(target, now.toEpochMilli())),
                                    threads)));
                }
            }
            return looks.stream().map(CompletableFuture::join).toList();
        } finally {
            threads.shutdownNow();
        }
    }

    private static Check check(String feed, ProbeTarget target, Look look) {
        String what = "probe of " + feed;
        String where = target.systemId() + ", " + address(target);
        if (look.status() == SystemStatus.UP) {
            return Check.ok(what, where);
        }
        return look.status() == SystemStatus.DEGRADED
                ? Check.warning(what, where + ": " + look.detail())
                : Check.unavailable(what, where + ": " + look.detail());
    }

    private static String address(ProbeTarget target) {
        if (target instanceof ProbeTarget.Http page) {
            return page.address().toString();
        }
        if (target instanceof ProbeTarget.Tls tls) {
            return "tls " + tls.host() + ":" + tls.port();
        }
        ProbeTarget.Tcp tcp = (ProbeTarget.Tcp) target;
        return "tcp " + tcp.host() + ":" + tcp.port();
    }
}
