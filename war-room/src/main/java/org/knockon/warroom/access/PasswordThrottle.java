package org.knockon.warroom.access;

import io.javalin.http.Context;
import io.javalin.http.ServiceUnavailableResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.knockon.server.access.RateLimit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits how many passwords are checked. A check is slow on purpose, so few run at once, in the order of {@link
 * PasswordCheckQueue}, and few wait, because each waiting request holds a thread. The same wrong password from the same
 * address counts once a minute: a browser that remembers an old password sends it with every request.
 */
final class PasswordThrottle {

    /** Wrong passwords per address and minute. */
    static final int MAX_WRONG = 10;
    /** Requests waiting for a check: half of the server threads that are not reserved for server-sent events. */
    static final int MAX_WAITING = 32;
    /** Most requests of one address that may wait. */
    static final int MAX_WAITING_PER_ADDRESS = MAX_WAITING / 2;
    /** Concurrent checks: half of the processors, because the wall needs some as well. */
    static final int CONCURRENT_CHECKS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    private static final Logger LOG = LoggerFactory.getLogger(PasswordThrottle.class);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final String RETRY_AFTER_SECONDS = "5";

    /** A request may check a password once the queue admits it. */
    final PasswordCheckQueue queue = new PasswordCheckQueue(CONCURRENT_CHECKS, MAX_WAITING, MAX_WAITING_PER_ADDRESS);

    private final RateLimit wrong;
    private final RateLimit refused;

    /** @param clock milliseconds */
    PasswordThrottle(LongSupplier clock) {
        wrong = new RateLimit(clock);
        refused = new RateLimit(clock);
    }

    /**
     * The user, if the password is right.
     *
     * @param header the Authorization header, with the Basic scheme
     * @throws io.javalin.http.TooManyRequestsResponse if this address has sent too many wrong passwords
     * @throws ServiceUnavailableResponse if too many passwords are being checked
     */
    Optional<Caller> check(Context request, String address, String header, Authenticator callers) {
        String attempt = address + " " + callers.attemptKey(header);
        if (refused.counted(attempt) > 0) {
            return Optional.empty();
        }
        rejectIfTooManyWrong(request, address);
        try {
            if (!queue.await(address, wrong.counted(address), LONGEST_WAIT)) {
                throw busy(request);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy(request);
        }
        try {
            return checkAdmitted(request, address, header, attempt, callers);
        } finally {
            queue.end(address);
        }
    }

    private Optional<Caller> checkAdmitted(
            Context request, String address, String header, String attempt, Authenticator callers) {
        // Another request of the same browser may have been checked in the meantime.
        Optional<Caller> known = callers.remembered(header);
        if (known.isPresent() || refused.counted(attempt) > 0) {
            return known;
        }
        rejectIfTooManyWrong(request, address);
        Optional<Caller> caller = callers.checkPassword(header);
        if (caller.isEmpty()) {
            refused.count(attempt);
            count(request, address);
        }
        return caller;
    }

    private void rejectIfTooManyWrong(Context request, String address) {
        if (wrong.counted(address) >= MAX_WRONG) {
            throw AccessFilter.tooMany(request, "too many wrong passwords");
        }
    }

    private void count(Context request, String address) {
        int now = wrong.count(address);
        if (now == MAX_WRONG) {
            LOG.warn(
                    "{} wrong passwords from {}: further attempts are rejected for the rest of this minute",
                    now,
                    address);
        }
        if (now > MAX_WRONG) {
            throw AccessFilter.tooMany(request, "too many wrong passwords");
        }
    }

    private static ServiceUnavailableResponse busy(Context request) {
        request.header("Retry-After", RETRY_AFTER_SECONDS);
        return new ServiceUnavailableResponse("too many passwords are being checked");
    }
}
