package org.knockon.cli.doctor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Whether a port can be opened on this machine. */
final class PortChecks {

    private static final String IN_USE = "in use";

    private PortChecks() {}

    /** @param port 0 for any free port */
    static Check of(String owner, String bind, int port) {
        String what = "port of " + owner;
        if (port == 0) {
            return Check.ok(what, "any free port of " + bind);
        }
        String where = (bind.contains(":") ? "[" + bind + "]" : bind) + ":" + port;
        try (ServerSocket socket = new ServerSocket()) {
            // As the feeds do: connections that ended lately do not keep the port.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(bind, port));
            return Check.ok(what, where + " is free");
        } catch (IOException e) {
            String why = String.valueOf(e.getMessage());
            return Check.unavailable(
                    what,
                    where + ": " + why
                            + (why.contains(IN_USE)
                                    ? "; choose another port, unless it is 'knockon ingest' itself that runs"
                                    : ""));
        }
    }
}
