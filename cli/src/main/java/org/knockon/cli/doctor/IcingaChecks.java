package org.knockon.cli.doctor;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.knockon.feeds.probe.Failures;
import org.knockon.feeds.settings.IcingaSettings;
import org.knockon.feeds.settings.Login;

/** Whether the API of an Icinga 2 can be reached and accepts the login. */
final class IcingaChecks {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int OK = 200;
    private static final int UNAUTHORISED = 401;
    /** Answers every login, whatever it may do. */
    private static final String FIRST_PAGE = "/v1";

    private IcingaChecks() {}

    static List<Check> of(String feed, IcingaSettings.Connection connection, Instant now) {
        String what = "Icinga of " + feed;
        String where = connection.url().toString();
        try {
            HttpResponse<Void> response = ask(connection);
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

    private static HttpResponse<Void> ask(IcingaSettings.Connection connection)
            throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(TIMEOUT)
                .sslContext(connection.caFile().map(Trust::of).orElseGet(Trust::ofThisJvm))
                .build();
        Login login = connection.login();
        String basic = Base64.getEncoder()
                .encodeToString((login.user() + ":" + login.password()).getBytes(StandardCharsets.UTF_8));
        URI page = URI.create(connection.url().toString().replaceFirst("/+$", "") + FIRST_PAGE);
        HttpRequest request = HttpRequest.newBuilder(page)
                .timeout(TIMEOUT)
                .header("Accept", "application/json")
                .header("Authorization", "Basic " + basic)
                .build();
        return client.send(request, HttpResponse.BodyHandlers.discarding());
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
