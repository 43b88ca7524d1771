package org.knockon.feeds.icinga;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.knockon.feeds.monitor.IcingaMapper;
import org.knockon.feeds.settings.IcingaSettings;
import org.knockon.feeds.settings.Login;
import org.knockon.server.tls.Trust;

/**
 * The API of one Icinga 2, version 2.13 or later. Only the address in the feeds file is contacted: redirects are not
 * followed, and no proxy is used.
 */
public final class IcingaApi {

    /** Answers every login, whatever it may do. */
    public static final String FIRST_PAGE = "/v1";

    private static final Duration CONNECTING = Duration.ofSeconds(5);
    private static final Duration HEADERS = Duration.ofSeconds(30);
    private static final Duration LIST = Duration.ofMinutes(2);
    private static final int OK = 200;
    private static final String EVENTS = "{\"queue\":\"knockon\",\"types\":[\"CheckResult\"]}";
    /** Without the texts of checks, of which only the last result has one. */
    private static final String ATTRIBUTES = "?attrs=name&attrs=state&attrs=state_type&attrs=last_hard_state"
            + "&attrs=last_reachable&attrs=downtime_depth&attrs=last_check&attrs=last_check_result";

    private final IcingaSettings.Connection connection;
    private final HttpClient client;

    /** @throws IllegalArgumentException if the file of authorities cannot be used */
    public IcingaApi(IcingaSettings.Connection connection) {
        this.connection = connection;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(CONNECTING)
                .sslContext(connection.caFile().map(Trust::of).orElseGet(Trust::ofThisJvm))
                .build();
    }

    /** Asks for a page and reads nothing of its body. */
    public HttpResponse<Void> ask(String page, Duration timeout) throws IOException, InterruptedException {
        HttpRequest request = request(page).timeout(timeout).build();
        return client.send(request, HttpResponse.BodyHandlers.discarding());
    }

    /**
     * Subscribes to check results.
     *
     * @return lines without an end; closing it ends the subscription
     * @throws IcingaStatusException if Icinga refuses
     */
    InputStream events() throws IOException, InterruptedException {
        HttpRequest request = request("/v1/events")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(EVENTS))
                .build();
        return body(send(request));
    }

    /**
     * Reads a whole list of objects.
     *
     * @throws IcingaStatusException if Icinga refuses
     * @throws ListTooLargeException if it is larger than {@link IcingaMapper#LARGEST_LIST}
     * @throws IOException also if the list is cut short
     */
    byte[] objects(IcingaMapper.ObjectKind kind) throws IOException, InterruptedException {
        String page = kind == IcingaMapper.ObjectKind.HOSTS ? "/v1/objects/hosts" : "/v1/objects/services";
        String more = kind == IcingaMapper.ObjectKind.HOSTS ? "" : "&attrs=host_name";
        HttpRequest request = request(page + ATTRIBUTES + more).build();
        try (InputStream in = body(send(request))) {
            // Reading in another thread, because a blocked read has no time limit of its own.
            CompletableFuture<byte[]> list = new CompletableFuture<>();
            Thread reader = new Thread(() -> read(in, list), "knockon-icinga-list");
            reader.setDaemon(true);
            reader.start();
            byte[] bytes = await(list, LIST);
            if (bytes.length > IcingaMapper.LARGEST_LIST) {
                throw new ListTooLargeException();
            }
            return bytes;
        }
    }

    private static void read(InputStream in, CompletableFuture<byte[]> list) {
        try {
            list.complete(in.readNBytes(IcingaMapper.LARGEST_LIST + 1));
        } catch (IOException e) {
            list.completeExceptionally(e);
        }
    }

    private HttpRequest.Builder request(String page) {
        Login login = connection.login();
        String basic = Base64.getEncoder()
                .encodeToString((login.user() + ":" + login.password()).getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(URI.create(connection.url().toString().replaceFirst("/+$", "") + page))
                .header("Accept", "application/json")
                .header("Authorization", "Basic " + basic);
    }

    /** Not the time limit of a request: newer JDKs apply that to the body as well, and the stream has no end. */
    private HttpResponse<InputStream> send(HttpRequest request) throws IOException, InterruptedException {
        return await(client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream()), HEADERS);
    }

    private static InputStream body(HttpResponse<InputStream> response) throws IOException {
        if (response.statusCode() != OK) {
            response.body().close();
            throw new IcingaStatusException(response.statusCode());
        }
        return response.body();
    }

    private static <T> T await(CompletableFuture<T> result, Duration timeout) throws IOException, InterruptedException {
        try {
            return result.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("no response within " + timeout);
        } finally {
            result.cancel(true);
        }
    }
}
