package org.knockon.streams.app;

import java.util.Locale;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;

/** Whether an instance that stops remains a member of the group. */
public enum OnStop {
    /** Other instances take over its partitions at once. */
    LEAVE(GroupMembershipOperation.LEAVE_GROUP),
    /** Its partitions wait for its restart, until its session times out. */
    STAY(GroupMembershipOperation.REMAIN_IN_GROUP);

    private final GroupMembershipOperation operation;

    OnStop(GroupMembershipOperation operation) {
        this.operation = operation;
    }

    GroupMembershipOperation operation() {
        return operation;
    }

    /** @throws IllegalArgumentException if there is no such value */
    static OnStop parse(String text) {
        for (OnStop value : values()) {
            if (value.name().toLowerCase(Locale.ROOT).equals(text)) {
                return value;
            }
        }
        throw new IllegalArgumentException(text);
    }
}
