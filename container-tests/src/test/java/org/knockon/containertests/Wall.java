package org.knockon.containertests;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A war room with TLS and an access file, as a display on this machine sees it. */
final class Wall {

    private final HttpClient client;
    private final URI root;

    /** @param certificate the only one that is trusted, in PEM */
    Wall(int port, String certificate) throws GeneralSecurityException, IOException {
        client = HttpClient.newBuilder().sslContext(trusting(certificate)).build();
        root = URI.create("https://localhost:" + port);
    }

    /** Returns the status of a request for the state without any credentials. */
    int statusWithoutToken() throws IOException, InterruptedException {
        return get("/api/v1/state", "").statusCode();
    }

    /**
     * Returns the state of the board.
     *
     * @param address path and token of a display
     */
    JsonNode state(String address) throws IOException, InterruptedException {
        HttpResponse<String> exchanged = get(address, "");
        assertThat(exchanged.statusCode()).as("token exchanged for a cookie").isEqualTo(303);
        String cookie =
                exchanged.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");

        HttpResponse<String> state = get("/api/v1/state", cookie);
        assertThat(state.statusCode()).as(state.body()).isEqualTo(200);
        return KnockonCommand.parse(state.body());
    }

    private HttpResponse<String> get(String path, String cookie) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(root.resolve(path));
        if (!cookie.isEmpty()) {
            request.header("Cookie", cookie);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static SSLContext trusting(String certificate) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry(
                "wall",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(certificate.getBytes(US_ASCII))));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
