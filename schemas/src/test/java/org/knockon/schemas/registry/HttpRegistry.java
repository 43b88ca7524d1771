package org.knockon.schemas.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** A real HTTP server that sends prepared responses in order and records the requests. The last response repeats. */
final class HttpRegistry implements AutoCloseable {

    record Request(String method, String path, String body, String authorization, String contentType) {}

    private record Response(int status, String body) {}

    private final HttpServer server;
    private final String scheme;
    private final Deque<Response> responses = new ArrayDeque<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    private HttpRegistry(HttpServer server, String scheme) {
        this.server = server;
        this.scheme = scheme;
        server.createContext("/", this::handle);
        server.start();
    }

    static HttpRegistry start() throws IOException {
        return new HttpRegistry(HttpServer.create(loopback(), 0), "http");
    }

    static HttpRegistry startTls(SSLContext context) throws IOException {
        return startTls(context, false);
    }

    /** Asks clients for their certificate. */
    static HttpRegistry startMutualTls(SSLContext context) throws IOException {
        return startTls(context, true);
    }

    private static HttpRegistry startTls(SSLContext context, boolean mutual) throws IOException {
        HttpsServer server = HttpsServer.create(loopback(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters connection) {
                SSLParameters tls = context.getDefaultSSLParameters();
                tls.setNeedClientAuth(mutual);
                connection.setSSLParameters(tls);
            }
        });
        return new HttpRegistry(server, "https");
    }

    HttpRegistry respond(int status, String body) {
        responses.add(new Response(status, body));
        return this;
    }

    List<Request> requests() {
        return requests;
    }

    String url() {
        return scheme + "://localhost:" + server.getAddress().getPort() + "/apis/ccompat/v7";
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add(new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                body,
                exchange.getRequestHeaders().getFirst("Authorization"),
                exchange.getRequestHeaders().getFirst("Content-Type")));
        Response response;
        synchronized (responses) {
            response = responses.size() > 1 ? responses.remove() : responses.element();
        }
        byte[] bytes = response.body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(response.status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
