package org.knockon.cli.rights;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;

/** Names of operations as {@code kafka-acls} and docker/acls.txt write them: {@code DescribeConfigs}. */
final class OperationNames {

    private static final Map<String, AclOperation> BY_NAME = Stream.of(AclOperation.values())
            .filter(operation -> !operation.isUnknown())
            .collect(Collectors.toMap(OperationNames::of, operation -> operation));

    private OperationNames() {}

    static String of(AclOperation operation) {
        return Arrays.stream(operation.name().split("_"))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }

    /** @throws IllegalArgumentException if there is no such operation */
    static AclOperation parse(String name) {
        AclOperation operation = BY_NAME.get(name);
        if (operation == null) {
            throw new IllegalArgumentException("unknown operation " + name);
        }
        return operation;
    }
}
