package org.knockon.feeds.probe;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** One word for the failure of a look. The text of the exception is not used: it may quote addresses and answers. */
public final class Failures {

    private static final List<Class<?>> DNS = List.of(UnresolvedAddressException.class, UnknownHostException.class);
    private static final List<Class<?>> TIMEOUT =
            List.of(HttpTimeoutException.class, SocketTimeoutException.class, TimeoutException.class);
    private static final List<Class<?>> REFUSED = List.of(ConnectException.class, NoRouteToHostException.class);

    private Failures() {}

    public static Look look(Throwable failure) {
        if (causedBy(failure, DNS)) {
            return Look.down("dns");
        }
        if (causedBy(failure, TIMEOUT)) {
            return Look.down("timeout");
        }
        if (causedBy(failure, List.of(SSLException.class))) {
            return Look.down("tls");
        }
        // Accepted and then closed: nobody answers there either.
        return Look.down(causedBy(failure, REFUSED) ? "refused" : "closed");
    }

    private static boolean causedBy(Throwable failure, List<Class<?>> types) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Throwable found = cause;
            if (types.stream().anyMatch(type -> type.isInstance(found))) {
                return true;
            }
        }
        return false;
    }
}
