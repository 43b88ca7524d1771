package org.knockon.feeds.probe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.cert.X509Certificate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.knockon.impact.model.SystemStatus;

/** Looks whether a port accepts connections, and which certificate it shows. */
final class SocketLooker {

    private static final long DAY = 24 * 60 * 60 * 1000L;

    private final int timeout;
    private final SSLSocketFactory tls;

    SocketLooker(int timeout, SSLSocketFactory tls) {
        this.timeout = timeout;
        this.tls = tls;
    }

    Look look(ProbeTarget.Tcp target) {
        try {
            connected(target.host(), target.port()).close();
            return Look.UP;
        } catch (IOException e) {
            return Failures.look(e);
        }
    }

    Look look(ProbeTarget.Tls target, long at) {
        try (Socket plain = connected(target.host(), target.port())) {
            long left = expiry(plain, target) - at;
            return left > target.warnBefore()
                    ? Look.UP
                    : new Look(SystemStatus.DEGRADED, "certificate expires in " + Math.max(0, left / DAY) + " d");
        } catch (IOException e) {
            return Failures.look(e);
        }
    }

    private long expiry(Socket plain, ProbeTarget.Tls target) throws IOException {
        AtomicBoolean late = new AtomicBoolean();
        // A peer that sends a byte now and then would outlast any timeout of single reads.
        CompletableFuture<Void> guard = CompletableFuture.runAsync(
                () -> {
                    late.set(true);
                    close(plain);
                },
                CompletableFuture.delayedExecutor(timeout, TimeUnit.MILLISECONDS));
        try {
            SSLSocket socket = (SSLSocket) tls.createSocket(plain, target.host(), target.port(), true);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            X509Certificate certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return certificate.getNotAfter().toInstant().toEpochMilli();
        } catch (IOException e) {
            if (late.get()) {
                throw new SocketTimeoutException();
            }
            throw e;
        } finally {
            guard.cancel(false);
        }
    }

    private Socket connected(String host, int port) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(host, port), timeout);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
