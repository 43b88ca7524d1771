package org.knockon.warroom.access;

import io.javalin.http.Context;
import io.javalin.http.ServiceUnavailableResponse;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears passwords. To check one is slow on purpose, so it is done one after the other, or guesses side by side would be counted too late;
 * few wait for their turn, for each that waits has a thread. The same wrong password of the same address counts once in a minute: a
 * browser that kept an old one sends it with every request.
 */
final class Guesses {

    /** Wrong passwords of one address in a minute. */
    static final int MOST_WRONG = 10;
    /** Those that are checked or wait for it: half of the threads that are not for streams. */
    static final int MOST_WAITING = 32;

    private static final Logger LOG = LoggerFactory.getLogger(Guesses.class);
    private static final int LONGEST_WAIT_SECONDS = 10;
    private static final String TRY_AGAIN_SECONDS = "5";

    /** Who has it checks a password. */
    final ReentrantLock turn = new ReentrantLock(true);

    private final Semaphore places = new Semaphore(MOST_WAITING);
    private final RateLimit wrong;
    private final RateLimit refused;

    /** @param clock milliseconds */
    Guesses(LongSupplier clock) {
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
    Optional<Caller> hear(Context request, String address, String header, Callers all) {
        String attempt = address + " " + all.attempt(header);
        if (refused.counted(attempt) > 0) {
            return Optional.empty();
        }
        onlyFewWrong(request, address);
        if (!places.tryAcquire()) {
            throw busy(request);
        }
        try {
            return inTurn(request, address, header, attempt, all);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy(request);
        } finally {
            places.release();
        }
    }

    private Optional<Caller> inTurn(Context request, String address, String header, String attempt, Callers all)
            throws InterruptedException {
        if (!turn.tryLock(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
            throw busy(request);
        }
        try {
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
        } finally {
            turn.unlock();
        }
    }

    private void onlyFewWrong(Context request, String address) {
        if (wrong.counted(address) >= MOST_WRONG) {
            throw Gate.tooMany(request, "too many wrong passwords");
        }
    }

    private void count(Context request, String address) {
        int now = wrong.count(address);
        if (now == MOST_WRONG) {
            LOG.warn("{} wrong passwords from {}: no more are heard in this minute", now, address);
        }
        if (now > MOST_WRONG) {
            throw Gate.tooMany(request, "too many wrong passwords");
        }
    }

    private static ServiceUnavailableResponse busy(Context request) {
        request.header("Retry-After", TRY_AGAIN_SECONDS);
        return new ServiceUnavailableResponse("too many passwords are being checked");
    }
}
