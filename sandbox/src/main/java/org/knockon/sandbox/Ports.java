package org.knockon.sandbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.knockon.sandbox.SandboxException.Problem;

/** Ports on the loopback interface. */
final class Ports {
    static final String HOST = "127.0.0.1";

    private Ports() {}

    /** A port that nobody listens on just now. */
    static int free() {
        return bind(0, "a free port");
    }

    /** The wanted port, or a free one for 0; {@code user} is who wants it. */
    static int check(int wanted, String user) {
        return wanted == 0 ? free() : bind(wanted, "port " + wanted + " for the " + user);
    }

    private static int bind(int port, String what) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(HOST))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new SandboxException(
                    Problem.PORT,
                    "Cannot listen on " + what + " (" + HOST + "): " + e.getMessage() + ".",
                    "end the program that uses it, choose another port, or leave the port out to get a free one.",
                    e);
        }
    }
}
