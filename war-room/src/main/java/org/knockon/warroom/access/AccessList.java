package org.knockon.warroom.access;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.knockon.server.access.Tokens;

/**
 * The content of the access file: hashes, never a password or token.
 *
 * @param users people, by name and password
 * @param tokens programs and displays
 */
public record AccessList(List<User> users, List<Token> tokens) {

    /** No users and no tokens. */
    public static final AccessList EMPTY = new AccessList(List.of(), List.of());

    /** @param password its hash */
    public record User(String name, Set<Role> roles, String password) {
        public User {
            roles = roles == null ? Set.of() : Set.copyOf(roles);
        }
    }

    /**
     * @param display whether a display exchanges it for a cookie; otherwise a program sends it as a bearer token
     * @param sha256 of the token, in hexadecimal
     */
    public record Token(String name, Set<Role> roles, boolean display, String sha256) {
        public Token {
            roles = roles == null ? Set.of() : Set.copyOf(roles);
        }
    }

    /** @throws IllegalArgumentException with all problems */
    public AccessList {
        users = users == null ? List.of() : List.copyOf(users);
        tokens = tokens == null ? List.of() : List.copyOf(tokens);
        List<String> problems = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Stream.concat(users.stream().map(User::name), tokens.stream().map(Token::name))
                .forEach(name -> {
                    if (name == null || !name.matches("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}")) {
                        problems.add(
                                "a name is 1 to 64 letters, digits, dots, hyphens, @ and underscores, not: " + name);
                    } else if (!names.add(name)) {
                        problems.add("name " + name + " occurs more than once");
                    }
                });
        users.stream()
                .filter(user -> !Passwords.wellFormed(user.password()))
                .forEach(user -> problems.add(
                        "the password of " + user.name() + " is not a hash from 'knockon access add-user'"));
        tokens.stream()
                .filter(token -> token.sha256() == null || !token.sha256().matches("[0-9a-f]{64}"))
                .forEach(token -> problems.add("the sha256 of " + token.name() + " is not 64 hexadecimal digits"));
        Stream.concat(
                        users.stream().filter(user -> user.roles().isEmpty()).map(User::name),
                        tokens.stream().filter(token -> token.roles().isEmpty()).map(Token::name))
                .forEach(name -> problems.add(name + " needs at least one role of viewer, facilitator and rebooking"));
        tokens.stream()
                .filter(token -> token.display() && !token.roles().equals(Set.of(Role.VIEWER)))
                .forEach(token -> problems.add(token.name() + " is a display: its only role must be viewer"));
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    /** A copy with this user added. */
    public AccessList with(User user) {
        return new AccessList(sorted(Stream.concat(users.stream(), Stream.of(user)), User::name), tokens);
    }

    /** A copy with this token added. */
    public AccessList with(Token token) {
        return new AccessList(users, sorted(Stream.concat(tokens.stream(), Stream.of(token)), Token::name));
    }

    private static <T> List<T> sorted(Stream<T> all, Function<T, String> name) {
        return all.sorted(Comparator.comparing(name)).toList();
    }

    /** A copy without the user or token of this name; empty if there is none. */
    public Optional<AccessList> without(String name) {
        AccessList left = new AccessList(
                users.stream().filter(user -> !user.name().equals(name)).toList(),
                tokens.stream().filter(token -> !token.name().equals(name)).toList());
        return left.equals(this) ? Optional.empty() : Optional.of(left);
    }

    Optional<User> user(String name) {
        return users.stream().filter(user -> user.name().equals(name)).findFirst();
    }

    Optional<Caller> token(String token, boolean display) {
        String hash = Tokens.hash(token);
        return tokens.stream()
                .filter(one -> one.display() == display && Tokens.same(one.sha256(), hash))
                .map(one -> new Caller(one.name(), one.sha256(), one.roles()))
                .findFirst();
    }

    boolean holds(Caller caller) {
        return users.stream()
                        .anyMatch(user -> user.password().equals(caller.credential())
                                && user.roles().equals(caller.roles()))
                || tokens.stream()
                        .anyMatch(token -> token.sha256().equals(caller.credential())
                                && token.roles().equals(caller.roles()));
    }
}
