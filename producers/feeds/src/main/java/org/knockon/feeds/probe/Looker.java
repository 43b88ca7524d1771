package org.knockon.feeds.probe;

import javax.net.ssl.SSLContext;

/**
 * Looks at targets, over the JDK's own HTTP, TCP and TLS. Blocks until the look is over, at most the timeout and the
 * time that the name service takes. Thread-safe.
 */
public final class Looker {

    private final HttpLooker http;
    private final SocketLooker sockets;

    /**
     * @param timeout in milliseconds
     * @param tls whose certificates are accepted
     */
    public Looker(long timeout, SSLContext tls) {
        this.http = new HttpLooker(timeout, tls);
        this.sockets = new SocketLooker((int) timeout, tls.getSocketFactory());
    }

    /** @param at now, in milliseconds since 1970 */
    public Look look(ProbeTarget target, long at) {
        if (target instanceof ProbeTarget.Http page) {
            return http.look(page);
        }
        return target instanceof ProbeTarget.Tls tls ? sockets.look(tls, at) : sockets.look((ProbeTarget.Tcp) target);
    }
}
