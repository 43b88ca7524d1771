package org.knockon.warroom.access;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Finds out who sent a credential. A header is that of the name Authorization. */
final class Authenticator {

    private static final int MOST_REMEMBERED = 1_000;
    private static final String BASIC = "Basic ";
    private static final String BEARER = "Bearer ";

    private final AccessFileWatcher watch;
    private final String nobody = Passwords.ofNobody();
    /** A password is slow to check, and a browser sends it with every request: who passed, by a salted hash of the header. */
    private final Map<String, Caller> passed = new ConcurrentHashMap<>();

    private final String salt = Tokens.random();

    Authenticator(AccessFileWatcher watch) {
        this.watch = watch;
    }

    /** Who has this display token. */
    Optional<Caller> display(String token) {
        return watch.list().token(token, true);
    }

    /** Which program sent its token. */
    Optional<Caller> program(String header) {
        return has(header, BEARER)
                ? watch.list().token(header.substring(BEARER.length()).trim(), false)
                : Optional.empty();
    }

    /** Who sent the same header before, with the right password. */
    Optional<Caller> remembered(String header) {
        return Optional.ofNullable(passed.get(key(header))).filter(this::still);
    }

    /** Whether the header says that it holds a password. */
    static boolean isPassword(String header) {
        return has(header, BASIC);
    }

    /** The same for the same header, until the password that it is checked against is another one. Tells neither. */
    String attempt(String header) {
        return key(header + " " + stored(named(nameAndPassword(header))));
    }

    /** Who sent the right password. Takes a good part of a second, whether there is such a user or not. */
    Optional<Caller> person(String header) {
        String[] parts = nameAndPassword(header);
        if (parts.length < 2) {
            return Optional.empty();
        }
        Optional<AccessList.User> user = named(parts);
        boolean right = Passwords.matches(parts[1].toCharArray(), stored(user));
        if (!right || user.isEmpty()) {
            return Optional.empty();
        }
        Caller caller = new Caller(parts[0], user.get().password(), user.get().roles());
        if (passed.size() >= MOST_REMEMBERED) {
            passed.clear();
        }
        passed.put(key(header), caller);
        return Optional.of(caller);
    }

    /** Whether the caller's access still is what it was. */
    boolean still(Caller caller) {
        return watch.list().holds(caller);
    }

    private Optional<AccessList.User> named(String[] parts) {
        return watch.list().user(parts[0]);
    }

    private String stored(Optional<AccessList.User> user) {
        return user.map(AccessList.User::password).orElse(nobody);
    }

    /** Fewer than two where the header does not hold both. */
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
