package org.knockon.cli.doctor;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.knockon.feeds.icinga.IcingaApi;
import org.knockon.feeds.probe.Failures;
import org.knockon.feeds.settings.IcingaSettings;

/** Whether the API of an Icinga 2 can be reached and accepts the login. */
final class IcingaChecks {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int OK = 200;
    private static final int UNAUTHORISED = 401;

    private IcingaChecks() {}

    static List<Check> of(String feed, IcingaSettings.Connection connection, Instant now) {
        String what = "Icinga of " + feed;
        String where = connection.url().toString();
        try {
            HttpResponse<Void> response = new IcingaApi(connection).ask(IcingaApi.FIRST_PAGE, TIMEOUT);
            List<Check> checks = new ArrayList<>(List.of(login(what, where, response.statusCode())));
            if (response.sslSession().isPresent()) {
                checks.add(CertificateChecks.of(
                        "certificate of Icinga of " + feed,
                        where,
                        chain(response.sslSession().get()),
                        now));
            }
            return checks;
        } catch (SSLException e) {
            return List.of(Check.unavailable(
                    what, where + ": tls; caFile must hold the authority of its certificate, and url its name"));
        } catch (IOException e) {
            return List.of(
                    Check.unavailable(what, where + ": " + Failures.look(e).detail()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of(Check.unknown(what, where + ": interrupted"));
        }
    }

    private static Check login(String what, String where, int status) {
        return switch (status) {
            case OK -> Check.ok(what, where + " accepts the login");
            case UNAUTHORISED -> Check.denied(what, where + " does not accept the login in userFile");
            default -> Check.unavailable(what, where + ": status " + status + "; is this the API of Icinga 2?");
        };
    }

    private static List<X509Certificate> chain(SSLSession session) throws SSLPeerUnverifiedException {
        return Arrays.stream(session.getPeerCertificates())
                .map(X509Certificate.class::cast)
                .toList();
    }
}
