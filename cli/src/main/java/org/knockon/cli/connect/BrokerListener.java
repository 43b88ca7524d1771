package org.knockon.cli.connect;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.knockon.cli.console.CommandFailure;
import org.knockon.cli.console.ExitCodes;
import org.knockon.cli.console.Figures;
import org.knockon.cli.settings.Setting;
import org.knockon.cli.settings.Settings;
import org.knockon.schemas.network.BrokerPort;
import org.knockon.schemas.network.BrokerPort.Listener;
import org.knockon.schemas.network.UntrustedCertificateException;

/** Checks what listens on the broker's ports, and explains in one line why a Kafka client gets no answer there. */
final class BrokerListener {

    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration SHORTEST_PROBE = Duration.ofSeconds(1);
    /** For an explanation after a failure. */
    private static final Duration LATE_PROBE = Duration.ofSeconds(2);

    private final Settings settings;
    private final List<BrokerPort> ports;
    private final String protocol;

    BrokerListener(Settings settings) {
        this.settings = settings;
        ports = BrokerPort.of(settings.bootstrapServers());
        protocol = settings.client(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG)
                .map(Setting::value)
                .orElse(CommonClientConfigs.DEFAULT_SECURITY_PROTOCOL)
                .toUpperCase(Locale.ROOT);
    }

    /**
     * Returns once a broker without TLS answers, if the settings are for such a broker. Until then no Kafka client may be made: it reserves as
     * much memory as the first bytes of any other server seem to ask for. With TLS, Java itself refuses a server without it.
     *
     * @throws CommandFailure if another kind of server answers, or none within the timeout
     */
    void requireKafka() {
        if (usesTls() || ports.isEmpty()) {
            return;
        }
        long deadline = System.nanoTime() + settings.timeout().toNanos();
        Optional<BrokerPort> reached = Optional.empty();
        while (true) {
            for (int i = 0; i < ports.size(); i++) {
                BrokerPort port = ports.get(i);
                Duration rest = Duration.ofNanos(deadline - System.nanoTime()).dividedBy(ports.size() - i);
                Listener listener = port.probe(rest.compareTo(SHORTEST_PROBE) < 0 ? SHORTEST_PROBE : rest);
                if (listener == Listener.KAFKA) {
                    return;
                }
                requireNoOther(port, listener);
                if (listener.reached()) {
                    reached = Optional.of(port);
                }
            }
            if (System.nanoTime() - deadline >= 0) {
                throw reached.map(port -> slow(port, null)).orElseGet(() -> noAnswer(null));
            }
            pause();
        }
    }

    private static void requireNoOther(BrokerPort port, Listener listener) {
        if (listener == Listener.TLS) {
            throw new CommandFailure(
                    ExitCodes.UNAVAILABLE,
                    port.name() + " speaks TLS; set security.protocol to SSL, or to SASL_SSL to log in");
        }
        if (listener == Listener.OTHER) {
            throw new CommandFailure(
                    ExitCodes.UNAVAILABLE,
                    port.name() + " does not speak Kafka's protocol; is it another server's port?");
        }
    }

    /** Explains a request that failed. */
    CommandFailure explain(Throwable cause) {
        if (cause instanceof TimeoutException) {
            return ports.stream()
                    .map(port -> noAnswerFrom(port, cause))
                    .flatMap(Optional::stream)
                    .findFirst()
                    .orElseGet(() -> noAnswer(cause));
        }
        String at = "the broker at " + settings.bootstrapServers();
        String what = cause instanceof AuthenticationException
                ? UntrustedCertificateException.explain(cause, at, "ssl.truststore.location")
                        .map(Throwable::getMessage)
                        .orElse(at + " refuses the log-in: " + cause.getMessage())
                : "cannot use " + at + ": " + cause.getMessage();
        return new CommandFailure(ExitCodes.UNAVAILABLE, what, cause);
    }

    private Optional<CommandFailure> noAnswerFrom(BrokerPort port, Throwable cause) {
        Listener listener = port.probe(LATE_PROBE);
        if (!listener.reached()) {
            return Optional.empty();
        }
        return Optional.of(
                usesTls() && listener == Listener.KAFKA
                        ? new CommandFailure(
                                ExitCodes.UNAVAILABLE,
                                port.name() + " does not speak TLS, but security.protocol is " + protocol
                                        + "; set it to PLAINTEXT, or to SASL_PLAINTEXT to log in",
                                cause)
                        : slow(port, cause));
    }

    private UnreachableException slow(BrokerPort port, Throwable cause) {
        return new UnreachableException(
                "reached " + port.name() + ", but no answer within " + Figures.wholeSpan(settings.timeout())
                        + ": it is slow, or security.protocol (" + protocol + ") is wrong; --timeout waits longer",
                UnreachableException.SLOW,
                cause);
    }

    private UnreachableException noAnswer(Throwable cause) {
        return new UnreachableException(
                "no answer from the broker at " + settings.bootstrapServers() + " within "
                        + Figures.wholeSpan(settings.timeout()) + ": " + Connectivity.START_ONE,
                UnreachableException.NO_ANSWER,
                cause);
    }

    private boolean usesTls() {
        return protocol.endsWith("SSL");
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
