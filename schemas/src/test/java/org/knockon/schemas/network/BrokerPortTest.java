package org.knockon.schemas.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.knockon.schemas.network.BrokerPort.Listener;

@Timeout(60)
class BrokerPortTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @FunctionalInterface
    private interface Conversation {
        void with(Socket client) throws IOException;
    }

    @Test
    void recognizesABroker() throws Exception {
        assertThat(probe(socket(), client -> {
                    DataInputStream in = new DataInputStream(client.getInputStream());
                    byte[] request = in.readNBytes(in.readInt());
                    DataOutputStream out = new DataOutputStream(client.getOutputStream());
                    out.writeInt(10);
                    // The correlation id comes back.
                    out.write(request, 4, 4);
                    out.write(new byte[6]);
                }))
                .isEqualTo(Listener.KAFKA);
    }

    /** It needs no certificate to refuse bytes that are not TLS. */
    @Test
    void recognizesTls() throws Exception {
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(new KeyManager[0], null, null);
        ServerSocket server = tls.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress());

        assertThat(probe(server, client -> {
                    try {
                        ((SSLSocket) client).startHandshake();
                    } catch (SSLException refused) {
                        // The alert has been sent.
                    }
                }))
                .isEqualTo(Listener.TLS);
    }

    @Test
    void recognizesAnyOtherServer() throws Exception {
        assertThat(probe(socket(), client -> {
                    client.getInputStream().readNBytes(14);
                    client.getOutputStream()
                            .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                }))
                .isEqualTo(Listener.OTHER);
    }

    @Test
    void recognizesAConnectionThatIsClosedAtOnce() throws Exception {
        assertThat(probe(socket(), client -> {})).isEqualTo(Listener.CLOSED);
    }

    @Test
    void distinguishesAServerThatDoesNotRespondFromNone() throws Exception {
        BrokerPort port;
        try (ServerSocket silent = socket()) {
            port = port(silent);

            assertThat(port.probe(Duration.ofMillis(200))).isEqualTo(Listener.SILENT);
            assertThat(port.accepts(LONG)).isTrue();
        }
        assertThat(port.probe(LONG)).isEqualTo(Listener.UNREACHABLE);
        assertThat(port.accepts(LONG)).isFalse();
    }

    @Test
    void readsEveryAddressOfTheSettingThatCanBeResolved() {
        assertThat(BrokerPort.of("127.0.0.1:9092, [::1]:9093,nowhere.invalid:9092,nonsense"))
                .extracting(BrokerPort::name)
                .containsExactly("127.0.0.1:9092", "[::1]:9093");
        assertThat(BrokerPort.of(List.of("127.0.0.1:1")))
                .extracting(port -> port.address().getPort())
                .containsExactly(1);
    }

    private static Listener probe(ServerSocket server, Conversation conversation) throws Exception {
        try (server) {
            Thread serving = new Thread(() -> {
                try (Socket client = server.accept()) {
                    conversation.with(client);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            serving.start();
            Listener listener = port(server).probe(LONG);
            serving.join();
            return listener;
        }
    }

    private static ServerSocket socket() throws IOException {
        return new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    private static BrokerPort port(ServerSocket server) {
        return BrokerPort.of("127.0.0.1:" + server.getLocalPort()).get(0);
    }
}
