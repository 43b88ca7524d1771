package org.knockon.systemtests.feeds.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** How a sender reaches its feed. A refusal is an {@link AssertionError}, because every message is valid. */
interface Link extends AutoCloseable {

    int TIMEOUT_SECONDS = 10;

    /**
     * Sends a message and waits for its answer.
     *
     * @return whether the answer is positive; false means that the message must be repeated
     * @throws IOException for a reset, a refused connection or a time-out, after which it must be repeated, too
     */
    boolean accepts(Message message) throws IOException, InterruptedException;

    /** Drops the connection, so that no answer to an earlier message is read as that to a later one. */
    @Override
    void close();

    /** HL7 over a connection that stays open until something goes wrong. */
    final class Mllp implements Link {
        private final int port;
        private Socket socket;

        Mllp(int port) {
            this.port = port;
        }

        @Override
        public boolean accepts(Message message) throws IOException {
            if (socket == null) {
                socket = new Socket(InetAddress.getLoopbackAddress(), port);
                socket.setSoTimeout(TIMEOUT_SECONDS * 1_000);
            }
            socket.getOutputStream().write(("\u000b" + message.body() + "\u001c\r").getBytes(ISO_8859_1));
            String answer = answer(socket.getInputStream());
            if (!answer.contains("MSA|AA|" + message.id() + "\r")) {
                throw new AssertionError("answer to " + message.id() + ": " + answer);
            }
            return true;
        }

        private static String answer(InputStream in) throws IOException {
            StringBuilder answer = new StringBuilder();
            while (answer.indexOf("\u001c\r") < 0) {
                int next = in.read();
                if (next < 0) {
                    throw new AssertionError("an orderly close instead of an answer; senders take that for success");
                }
                answer.append((char) next);
            }
            return answer.toString();
        }

        @Override
        public void close() {
            if (socket != null) {
                try {
                    socket.close();
                } catch (IOException alreadyBroken) {
                    // It is replaced anyway.
                }
                socket = null;
            }
        }
    }

    /** FHIR and CloudEvents. */
    final class Http implements Link {
        private final HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(TIMEOUT_SECONDS))
                .build();
        private final String url;
        private final String method;
        private final String type;

        Http(String url, String method, String type) {
            this.url = url;
            this.method = method;
            this.type = type;
        }

        @Override
        public boolean accepts(Message message) throws IOException, InterruptedException {
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(URI.create(url + message.path()))
                            .timeout(Duration.ofSeconds(TIMEOUT_SECONDS))
                            .header("Content-Type", type)
                            .method(method, HttpRequest.BodyPublishers.ofString(message.body()))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            int status = response.statusCode();
            if (status / 100 != 2 && status != 503) {
                throw new AssertionError("answer to " + message.id() + ": " + status + " " + response.body());
            }
            return status != 503;
        }

        @Override
        public void close() {
            // The client opens a new connection by itself.
        }
    }
}
