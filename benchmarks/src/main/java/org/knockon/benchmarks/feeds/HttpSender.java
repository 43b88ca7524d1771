package org.knockon.benchmarks.feeds;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Posts messages over one kept connection. Plainer than a library, whose CPU would count on the same machine. */
final class HttpSender implements Sender {

    private static final String END_OF_HEADERS = "\r\n\r\n";
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)");
    private static final Pattern POSITIVE = Pattern.compile("HTTP/1\\.1 20\\d ");
    private static final int LONGEST_ANSWER = 64 * 1024;

    private final Socket socket;
    private final SampleMessages messages;
    private final MessageKind kind;
    private final int connection;
    private final String before;
    private final byte[] answer = new byte[LONGEST_ANSWER];

    HttpSender(URI server, SampleMessages messages, MessageKind kind, int connection) throws IOException {
        this.socket = new Socket(server.getHost(), server.getPort());
        this.messages = messages;
        this.kind = kind;
        this.connection = connection;
        this.before = "POST /feeds/" + kind.feed(connection) + SampleMessages.path(kind) + " HTTP/1.1\r\nHost: "
                + server.getAuthority() + "\r\nContent-Type: " + SampleMessages.contentType(kind)
                + "\r\nContent-Length: ";
        socket.setTcpNoDelay(true);
    }

    @Override
    public long exchange(int number) throws IOException {
        byte[] body = messages.body(kind, connection, number);
        byte[] headers = (before + body.length + END_OF_HEADERS).getBytes(ISO_8859_1);
        byte[] request = new byte[headers.length + body.length];
        System.arraycopy(headers, 0, request, 0, headers.length);
        System.arraycopy(body, 0, request, headers.length, body.length);
        socket.getOutputStream().write(request);
        long sent = System.nanoTime();
        InputStream in = socket.getInputStream();
        int length = read(in, 0);
        long took = System.nanoTime() - sent;
        while (true) {
            String text = new String(answer, 0, length, ISO_8859_1);
            int end = text.indexOf(END_OF_HEADERS);
            if (end >= 0) {
                Matcher bytes = LENGTH.matcher(text.substring(0, end));
                if (!POSITIVE.matcher(text).lookingAt() || !bytes.find()) {
                    throw new IOException("not accepted: " + text.strip());
                }
                if (length >= end + END_OF_HEADERS.length() + Integer.parseInt(bytes.group(1))) {
                    return took;
                }
            }
            length += read(in, length);
        }
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
