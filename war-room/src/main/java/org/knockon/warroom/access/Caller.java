package org.knockon.warroom.access;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who sent a request.
 *
 * @param name of the user or token; empty without authentication
 * @param credential hash of the password or token in the access file: if it is no longer there, the caller has been
 *     revoked
 * @param roles what the caller may do
 */
public record Caller(String name, String credential, Set<Role> roles) {

    /** A user of this machine, without authentication: may do everything. */
    static final Caller LOCAL = new Caller("", "", Set.of(Role.values()));

    public Caller {
        roles = Set.copyOf(roles);
    }

    /** Whether this caller may do what the role allows. */
    boolean may(Role role) {
        return roles.contains(role) || (role == Role.VIEWER && !roles.isEmpty());
    }

    /** All roles this caller may act in. */
    public List<Role> allowedRoles() {
        return Stream.of(Role.values()).filter(this::may).toList();
    }

    /** Whether the caller has been authenticated. */
    public boolean authenticated() {
        return !credential.isEmpty();
    }
}
