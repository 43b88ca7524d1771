package org.knockon.cli.rights;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SecurityDisabledException;
import org.apache.kafka.common.resource.ResourcePatternFilter;
import org.knockon.cli.console.CommandFailure;
import org.knockon.cli.console.ExitCodes;

/**
 * Users of a cluster and their rights, changed by an administrator.
 *
 * <p>Every method throws a {@link CommandFailure} with {@link ExitCodes#UNAVAILABLE} if the broker refuses.
 */
final class ClusterUsers {

    /** Kafka's own default, and the fewest that it accepts. More would only slow down each log-in, as long as passwords are random. */
    private static final int ITERATIONS = 4096;

    private final Admin admin;

    ClusterUsers(Admin admin) {
        this.admin = admin;
    }

    /** What a call has changed: the number of operations that were added, and of those that were there before. */
    record Added(int added, int existed) {}

    /** Creates users, or gives them other passwords. Connections that exist continue. */
    void setPasswords(Map<String, String> passwords) {
        if (passwords.isEmpty()) {
            return;
        }
        List<UserScramCredentialAlteration> changes = new ArrayList<>();
        ScramCredentialInfo mechanism = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, ITERATIONS);
        passwords.forEach((user, password) -> changes.add(new UserScramCredentialUpsertion(user, mechanism, password)));
        done("set passwords", admin.alterUserScramCredentials(changes).all());
    }

    Added addRights(String principal, List<Right> rights) {
        Collection<AclBinding> existing = done(
                "read the rights of " + principal,
                admin.describeAcls(new AclBindingFilter(
                                ResourcePatternFilter.ANY,
                                new AccessControlEntryFilter(principal, null, AclOperation.ANY, AclPermissionType.ANY)))
                        .values());
        List<AclBinding> wanted = rights.stream()
                .flatMap(right -> right.bindings(principal).stream())
                .toList();
        List<AclBinding> missing = new ArrayList<>(wanted);
        missing.removeAll(existing);
        if (!missing.isEmpty()) {
            done("add rights for " + principal, admin.createAcls(missing).all());
        }
        return new Added(missing.size(), wanted.size() - missing.size());
    }

    private static <T> T done(String what, KafkaFuture<T> change) {
        try {
            return change.get();
        } catch (ExecutionException e) {
            throw new CommandFailure(
                    ExitCodes.UNAVAILABLE,
                    "cannot " + what + ": " + e.getCause().getMessage() + advice(e.getCause()),
                    e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private static String advice(Throwable cause) {
        if (cause instanceof ClusterAuthorizationException) {
            return " Log in as an administrator of the cluster.";
        }
        return cause instanceof SecurityDisabledException ? " Set authorizer.class.name on the brokers first." : "";
    }
}
