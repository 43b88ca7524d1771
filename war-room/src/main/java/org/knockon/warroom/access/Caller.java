package org.knockon.warroom.access;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who asks.
 *
 * @param name of the user or token; empty where nobody is asked for it
 * @param credential what the access file holds of the password or token: a caller whose credential is no longer there has been revoked
 * @param roles what may be done
 */
public record Caller(String name, String credential, Set<Role> roles) {

    /** Somebody on this machine, where nobody is asked who they are: all is allowed. */
    static final Caller LOCAL = new Caller("", "", Set.of(Role.values()));

    public Caller {
        roles = Set.copyOf(roles);
    }

    /** Whether this caller may do what asks for the role. */
    boolean may(Role role) {
        return roles.contains(role) || (role == Role.VIEWER && !roles.isEmpty());
    }

    /** All that this caller may do. */
    public List<Role> mayDo() {
        return Stream.of(Role.values()).filter(this::may).toList();
    }

    /** Whether it is known who this is. */
    public boolean known() {
        return !credential.isEmpty();
    }
}
