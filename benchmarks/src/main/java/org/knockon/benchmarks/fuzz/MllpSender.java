package org.knockon.benchmarks.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.knockon.samples.PlantedSecrets;

/** One sender of HL7 v2, with a connection to each feed. For one thread. */
final class MllpSender implements AutoCloseable {

    private static final int ANSWER_WITHIN = 15_000;

    private final IngestProcess ingest;
    private final Map<String, Socket> sockets = new HashMap<>();
    private final Map<String, InputStream> inputs = new HashMap<>();

    MllpSender(IngestProcess ingest) {
        this.ingest = ingest;
    }

    Reply send(FuzzInput input) throws IOException {
        String feed = input.message().feed();
        try {
            if (!sockets.containsKey(feed)) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), ingest.port(feed));
                socket.setSoTimeout(ANSWER_WITHIN);
                socket.setTcpNoDelay(true);
                sockets.put(feed, socket);
                inputs.put(feed, new BufferedInputStream(socket.getInputStream()));
            }
            write(sockets.get(feed), input);
            return input.framed() ? one(feed) : untilWhole(feed, "S" + input.index());
        } catch (SocketTimeoutException e) {
            close(feed);
            return Reply.wrong("no answer");
        } catch (IOException e) {
            close(feed);
            // A reset: what the feed does when the broker does not answer in time.
            return new Reply(Optional.empty(), 0, true, false, "");
        }
    }

    private static void write(Socket socket, FuzzInput input) throws IOException {
        SplittableRandom random = new SplittableRandom(input.index());
        byte[] bytes = input.message().body();
        for (int at = 0; at < bytes.length; ) {
            int length = Math.min(bytes.length - at, random.nextInt(3) == 0 ? random.nextInt(1, 200) : bytes.length);
            socket.getOutputStream().write(bytes, at, length);
            at += length;
        }
        if (!input.framed()) {
            // Ends a frame that is still open: otherwise the message would be part of it.
            socket.getOutputStream().write(new byte[] {FuzzInputs.FRAME_END, '\r'});
            socket.getOutputStream().write(FuzzInputs.good("S" + input.index()));
        }
        socket.getOutputStream().flush();
    }

    private Reply one(String feed) throws IOException {
        return reply(answer(feed), 0);
    }

    private Reply untilWhole(String feed, String controlId) throws IOException {
        int positive = 0;
        while (true) {
            String answer = answer(feed);
            Reply reply = reply(answer, positive);
            if (reply.problem().isPresent() || isAnswerTo(controlId, answer)) {
                boolean accepted = reply.positive() > positive;
                return reply.problem().isEmpty() && !accepted
                        ? Reply.wrong("a whole message after it was refused: " + answer.replace('\r', ' '))
                        : reply;
            }
            positive = reply.positive();
        }
    }

    /** Whether MSA-2 is this id: other fields may quote a part of the changed message. */
    private static boolean isAnswerTo(String controlId, String answer) {
        String[] acknowledged = answer.split("\r")[1].split("\\|");
        return acknowledged.length > 2 && acknowledged[2].equals(controlId);
    }

    private static Reply reply(String answer, int before) {
        Optional<String> secret = PlantedSecrets.in(answer);
        String[] segments = answer.split("\r");
        if (secret.isPresent()) {
            return Reply.wrong("the answer holds " + secret.get());
        }
        if (segments.length < 2 || !segments[1].startsWith("MSA") || segments[1].length() < 6) {
            return Reply.wrong("no acknowledgement: " + answer.replace('\r', ' '));
        }
        return new Reply(Optional.empty(), before + (segments[1].charAt(5) == 'A' ? 1 : 0), false, false, "");
    }

    private String answer(String feed) throws IOException {
        InputStream in = inputs.get(feed);
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        if (in.read() != FuzzInputs.FRAME_START) {
            throw new IOException("the connection ended");
        }
        for (int b = in.read(); b != FuzzInputs.FRAME_END; b = in.read()) {
            if (b < 0) {
                throw new IOException("the connection ended inside an answer");
            }
            answer.write(b);
        }
        if (in.read() != '\r') {
            throw new IOException("an answer without its end");
        }
        return answer.toString(ISO_8859_1);
    }

    private void close(String feed) throws IOException {
        inputs.remove(feed);
        Socket socket = sockets.remove(feed);
        if (socket != null) {
            socket.close();
        }
    }

    @Override
    public void close() throws IOException {
        for (String feed : FuzzFeeds.HL7) {
            close(feed);
        }
    }
}
