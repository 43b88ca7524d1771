package org.knockon.cli.rights;

import java.util.Collection;
import java.util.List;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.ResourcePattern;

/**
 * What a client may do with a topic, a group or a transactional id, or with all whose names begin alike.
 *
 * @param operations not empty
 */
public record Right(ResourcePattern resource, List<AclOperation> operations) {

    private static final String ANY_HOST = "*";

    public Right {
        operations = List.copyOf(operations);
        if (operations.isEmpty()) {
            throw new IllegalArgumentException("a right needs an operation");
        }
    }

    /** The same resource with fewer operations. */
    public Right only(Collection<AclOperation> some) {
        return new Right(resource, operations.stream().filter(some::contains).toList());
    }

    /**
     * This right for one user, from any host: a binding for each operation.
     *
     * @param principal such as {@code User:streams}
     */
    public List<AclBinding> bindings(String principal) {
        return operations.stream()
                .map(operation -> new AclBinding(
                        resource, new AccessControlEntry(principal, ANY_HOST, operation, AclPermissionType.ALLOW)))
                .toList();
    }

    /** Operations as {@code kafka-acls} writes them: {@code Read, DescribeConfigs}. */
    public static String names(Collection<AclOperation> operations) {
        return String.join(", ", operations.stream().map(OperationNames::of).toList());
    }
}
