package org.knockon.benchmarks.feeds;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;

/** Sends HL7 messages in frames. */
final class MllpSender implements Sender {

    private static final byte START = 0x0B;
    private static final byte END = 0x1C;
    private static final byte AFTER_END = 0x0D;
    private static final int LONGEST_ANSWER = 4_096;
    private static final String ACCEPTED = "\rMSA|AA|";

    private final Socket socket;
    private final SampleMessages messages;
    private final int connection;
    private final byte[] answer = new byte[LONGEST_ANSWER];

    MllpSender(int port, SampleMessages messages, int connection) throws IOException {
        this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        this.messages = messages;
        this.connection = connection;
        socket.setTcpNoDelay(true);
    }

    @Override
    public long exchange(int number) throws IOException {
        byte[] body = messages.body(MessageKind.HL7, connection, number);
        byte[] frame = new byte[body.length + 3];
        frame[0] = START;
        System.arraycopy(body, 0, frame, 1, body.length);
        frame[body.length + 1] = END;
        frame[body.length + 2] = AFTER_END;
        socket.getOutputStream().write(frame);
        long sent = System.nanoTime();
        InputStream in = socket.getInputStream();
        int length = read(in, 0);
        long took = System.nanoTime() - sent;
        while (answer[length - 1] != AFTER_END || answer[length - 2] != END) {
            length += read(in, length);
        }
        String text = new String(answer, 0, length, ISO_8859_1);
        if (!text.contains(ACCEPTED)) {
            throw new IOException("not accepted: " + text.strip());
        }
        return took;
    }

    private int read(InputStream in, int from) throws IOException {
        int read = in.read(answer, from, answer.length - from);
        if (read <= 0) {
            throw new EOFException("the connection ended without an answer");
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
