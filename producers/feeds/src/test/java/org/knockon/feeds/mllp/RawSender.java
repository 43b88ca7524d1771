package org.knockon.feeds.mllp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;

/** A sender that writes what the test wants, and sees how its connection ends. */
public final class RawSender implements AutoCloseable {
    private final Socket socket;

    public RawSender(int port) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    public RawSender(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(20_000);
    }

    Socket socket() {
        return socket;
    }

    public RawSender send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
        return this;
    }

    public RawSender sendFrame(String message) throws IOException {
        return send("\u000b" + message + "\u001c\r");
    }

    /** The content of the next frame. */
    public String answer() throws IOException {
        InputStream in = socket.getInputStream();
        assertThat(in.read()).isEqualTo(0x0B);
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        for (int b = in.read(); b != 0x1C; b = in.read()) {
            assertThat(b).as("end of the connection inside an answer").isNotNegative();
            answer.write(b);
        }
        assertThat(in.read()).isEqualTo(0x0D);
        return answer.toString(ISO_8859_1);
    }

    /** Waits for the end of the connection, which must be a reset and not a clean end. */
    public void seesReset() {
        assertThatThrownBy(() -> {
                    int b = socket.getInputStream().read();
                    throw new AssertionError(b < 0 ? "a clean end" : "a byte: " + b);
                })
                .isInstanceOf(SocketException.class)
                .hasMessageContaining("reset");
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
