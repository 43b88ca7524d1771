package org.knockon.feeds.icinga;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Answers as Icinga 2.13 does, as long as the test wants that. The tests of the whole chain run the real one. */
final class ScriptedIcinga implements AutoCloseable {

    static final String EVENTS = "/v1/events";
    static final String HOSTS = "/v1/objects/hosts";
    static final String SERVICES = "/v1/objects/services";

    /** The paths that were asked for, in order. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    final Map<String, String> lists =
            new ConcurrentHashMap<>(Map.of(HOSTS, "{\"results\":[]}", SERVICES, "{\"results\":[]}"));
    final Map<String, Integer> statuses = new ConcurrentHashMap<>();
    /** Lists that end before they are complete. */
    final List<String> cut = new CopyOnWriteArrayList<>();

    private final BlockingQueue<Socket> streams = new LinkedBlockingQueue<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final ServerSocket server;

    ScriptedIcinga() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::accept, "scripted-icinga");
        thread.setDaemon(true);
        thread.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** The next stream that was subscribed to. */
    Socket nextStream() throws InterruptedException {
        Socket stream = streams.poll(20, TimeUnit.SECONDS);
        if (stream == null) {
            throw new AssertionError("nobody subscribed; asked for " + asked);
        }
        return stream;
    }

    static void send(Socket stream, String text) throws IOException {
        stream.getOutputStream().write(text.getBytes(ISO_8859_1));
        stream.getOutputStream().flush();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                Thread thread = new Thread(() -> serve(socket), "scripted-icinga-connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try {
            BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
            for (String request = in.readLine(); request != null; request = in.readLine()) {
                String path = request.split(" ")[1].replaceFirst("\\?.*", "");
                int length = 0;
                for (String header = in.readLine(); !header.isEmpty(); header = in.readLine()) {
                    if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
                        length = Integer.parseInt(header.substring(15).strip());
                    }
                }
                for (int i = 0; i < length; i++) {
                    in.read();
                }
                asked.add(path);
                answer(path, socket);
            }
        } catch (IOException e) {
            // The other side has gone.
        }
    }

    private void answer(String path, Socket socket) throws IOException {
        int status = statuses.getOrDefault(path, 200);
        OutputStream out = socket.getOutputStream();
        if (status == 200 && path.equals(EVENTS)) {
            out.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n".getBytes(ISO_8859_1));
            out.flush();
            streams.add(socket);
            return;
        }
        byte[] body = lists.getOrDefault(path, "{}").getBytes(ISO_8859_1);
        out.write(("HTTP/1.1 " + status + " x\r\nContent-Length: " + body.length + "\r\n\r\n").getBytes(ISO_8859_1));
        out.write(body, 0, cut.contains(path) ? body.length / 2 : body.length);
        out.flush();
        if (cut.contains(path)) {
            socket.close();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
