package org.knockon.warroom.access;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.knockon.server.access.Tokens;

/** Identifies the caller by a credential. All headers here are Authorization headers. */
final class Authenticator {

    private static final int MAX_REMEMBERED = 1_000;
    private static final String BASIC = "Basic ";
    private static final String BEARER = "Bearer ";

    private final AccessFileWatcher watcher;
    private final String dummyHash = Passwords.dummyHash();
    /**
     * Callers with a verified password, by a salted hash of the header: a password is slow to check, and a browser
     * sends it with every request.
     */
    private final Map<String, Caller> verified = new ConcurrentHashMap<>();

    private final String salt = Tokens.random();

    Authenticator(AccessFileWatcher watcher) {
        this.watcher = watcher;
    }

    /** The display with this token. */
    Optional<Caller> display(String token) {
        return watcher.list().token(token, true);
    }

    /** The program whose bearer token this is. */
    Optional<Caller> program(String header) {
        return has(header, BEARER)
                ? watcher.list().token(header.substring(BEARER.length()).trim(), false)
                : Optional.empty();
    }

    /** The caller who sent the same header before with the right password. */
    Optional<Caller> remembered(String header) {
        return Optional.ofNullable(verified.get(key(header))).filter(this::stillValid);
    }

    /** Whether the header contains a password. */
    static boolean isPassword(String header) {
        return has(header, BASIC);
    }

    /** A key for this header and the stored password it is checked against. Reveals neither. */
    String attemptKey(String header) {
        return key(header + " " + stored(user(nameAndPassword(header))));
    }

    /** The user, if the password is right. Takes a good part of a second, whether the user exists or not. */
    Optional<Caller> checkPassword(String header) {
        String[] parts = nameAndPassword(header);
        if (parts.length < 2) {
            return Optional.empty();
        }
        Optional<AccessList.User> user = user(parts);
        boolean right = Passwords.matches(parts[1].toCharArray(), stored(user));
        if (!right || user.isEmpty()) {
            return Optional.empty();
        }
        Caller caller = new Caller(parts[0], user.get().password(), user.get().roles());
        if (verified.size() >= MAX_REMEMBERED) {
            verified.clear();
        }
        verified.put(key(header), caller);
        return Optional.of(caller);
    }

    /** Whether the caller's access is unchanged. */
    boolean stillValid(Caller caller) {
        return watcher.list().holds(caller);
    }

    private Optional<AccessList.User> user(String[] parts) {
        return watcher.list().user(parts[0]);
    }

    private String stored(Optional<AccessList.User> user) {
        return user.map(AccessList.User::password).orElse(dummyHash);
    }

    /** Fewer than two elements if the header does not contain both. */
    private static String[] nameAndPassword(String header) {
        if (!isPassword(header)) {
            return new String[] {""};
        }
        try {
            byte[] decoded =
                    Base64.getDecoder().decode(header.substring(BASIC.length()).trim());
            return new String(decoded, StandardCharsets.UTF_8).split(":", 2);
        } catch (IllegalArgumentException e) {
            return new String[] {""};
        }
    }

    private static boolean has(String header, String scheme) {
        return header.regionMatches(true, 0, scheme, 0, scheme.length());
    }

    private String key(String header) {
        return Tokens.hash(salt + header);
    }
}
