package org.knockon.cli.doctor;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.knockon.feeds.mllp.MllpSettings;
import org.knockon.feeds.settings.FeedSettings;
import org.knockon.feeds.settings.FeedsFile;
import org.knockon.feeds.settings.Hl7Settings;
import org.knockon.feeds.settings.HttpSettings;
import org.knockon.feeds.settings.IcingaSettings;

/**
 * What the feeds of a file need from this machine and its network. The file itself is valid: keys, tokens and
 * certificates were read with it.
 */
final class FeedChecks {

    private static final String FILE = "feeds file";
    private static final String SERVER = "the HTTP server";

    private final Instant now;
    private final List<Check> checks = new ArrayList<>();

    private FeedChecks(Instant now) {
        this.now = now;
    }

    /**
     * Opens and closes the ports, and connects to each address once.
     *
     * @param name of the file
     */
    static List<Check> of(Path name, FeedsFile file, Instant now) {
        FeedChecks all = new FeedChecks(now);
        int feeds = file.feeds().size();
        all.checks.add(Check.ok(
                FILE,
                name + ", " + feeds + (feeds == 1 ? " feed" : " feeds")
                        + "; its keys, tokens and certificates can be read"));
        file.warnings().forEach(warning -> all.checks.add(Check.warning(FILE, warning)));
        all.server(file.http());
        for (FeedSettings feed : file.feeds()) {
            if (feed instanceof Hl7Settings hl7) {
                all.listener(hl7.listener());
            } else if (feed instanceof IcingaSettings icinga) {
                icinga.connection().ifPresent(connection -> all.icinga(feed.name(), connection));
            }
        }
        all.checks.addAll(ProbeChecks.of(file.feeds(), now));
        return all.checks;
    }

    private void server(HttpSettings http) {
        checks.add(PortChecks.of(SERVER, http.bind(), http.port()));
        http.tls().ifPresent(tls -> checks.add(CertificateChecks.chain(SERVER, tls.certificate(), now)));
    }

    private void listener(MllpSettings listener) {
        checks.add(PortChecks.of(listener.name(), listener.bind(), listener.port()));
        listener.tls().ifPresent(tls -> checks.add(CertificateChecks.chain(listener.name(), tls.certificate(), now)));
        listener.clientCa().ifPresent(file -> checks.add(CertificateChecks.authorities(listener.name(), file, now)));
    }

    private void icinga(String feed, IcingaSettings.Connection connection) {
        connection.caFile().ifPresent(file -> checks.add(CertificateChecks.authorities(feed, file, now)));
        checks.addAll(IcingaChecks.of(feed, connection, now));
    }
}
