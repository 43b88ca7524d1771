package org.knockon.warroom.access;

import io.javalin.http.Context;
import io.javalin.http.ServiceUnavailableResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears passwords. To check one is slow on purpose, so few are checked at once, by {@link PasswordCheckQueue}; few wait for their turn, for each
 * that waits has a thread. The same wrong password of the same address counts once in a minute: a browser that kept an old one sends it
 * with every request.
 */
final class PasswordThrottle {

    /** Wrong passwords of one address in a minute. */
    static final int MOST_WRONG = 10;
    /** Those that wait to be checked: half of the threads that are not for streams. */
    static final int MOST_WAITING = 32;
    /** Of one address. */
    static final int MOST_OF_ONE = MOST_WAITING / 2;
    /** Checks at the same time: half of the processors, for the wall needs some too. */
    static final int AT_ONCE = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    private static final Logger LOG = LoggerFactory.getLogger(PasswordThrottle.class);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final String TRY_AGAIN_SECONDS = "5";

    /** Who has one checks a password. */
    final PasswordCheckQueue turns = new PasswordCheckQueue(AT_ONCE, MOST_WAITING, MOST_OF_ONE);

    private final RateLimit wrong;
    private final RateLimit refused;

    /** @param clock milliseconds */
    PasswordThrottle(LongSupplier clock) {
        wrong = new RateLimit(clock);
        refused = new RateLimit(clock);
    }

    /**
     * Who sent the right password; empty where it is wrong.
     *
     * @param header whose scheme is that of passwords
     * @throws io.javalin.http.TooManyRequestsResponse when this address has sent too many wrong ones
     * @throws ServiceUnavailableResponse when too many are being checked
     */
    Optional<Caller> hear(Context request, String address, String header, Authenticator all) {
        String attempt = address + " " + all.attempt(header);
        if (refused.counted(attempt) > 0) {
            return Optional.empty();
        }
        onlyFewWrong(request, address);
        try {
            if (!turns.await(address, wrong.counted(address), LONGEST_WAIT)) {
                throw busy(request);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy(request);
        }
        try {
            return inTurn(request, address, header, attempt, all);
        } finally {
            turns.end(address);
        }
    }

    private Optional<Caller> inTurn(Context request, String address, String header, String attempt, Authenticator all) {
        // Another request of the same browser may have come first.
        Optional<Caller> known = all.remembered(header);
        if (known.isPresent() || refused.counted(attempt) > 0) {
            return known;
        }
        onlyFewWrong(request, address);
        Optional<Caller> caller = all.person(header);
        if (caller.isEmpty()) {
            refused.count(attempt);
            count(request, address);
        }
        return caller;
    }

    private void onlyFewWrong(Context request, String address) {
        if (wrong.counted(address) >= MOST_WRONG) {
            throw AccessFilter.tooMany(request, "too many wrong passwords");
        }
    }

    private void count(Context request, String address) {
        int now = wrong.count(address);
        if (now == MOST_WRONG) {
            LOG.warn("{} wrong passwords from {}: no more are heard in this minute", now, address);
        }
        if (now > MOST_WRONG) {
            throw AccessFilter.tooMany(request, "too many wrong passwords");
        }
    }

    private static ServiceUnavailableResponse busy(Context request) {
        request.header("Retry-After", TRY_AGAIN_SECONDS);
        return new ServiceUnavailableResponse("too many passwords are being checked");
    }
}
