package org.knockon.sandbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.knockon.sandbox.SandboxException.Problem;

/** Ports on the loopback interface. */
final class Ports {
    static final String HOST = "127.0.0.1";

    private Ports() {}

    /** A port that is free now. */
    static int free() {
        return bind(0, "a free port");
    }

    /** Returns the wanted port if it is free, or any free port for 0. {@code user} names the server, for messages. */
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
                    "stop the program that uses it, choose another port, or omit the port to get a free one.",
                    e);
        }
    }
}
