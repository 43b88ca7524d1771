package org.knockon.systemtests.secured;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;
import org.knockon.cli.rights.Right;
import org.knockon.cli.rights.RightsTable;
import org.knockon.cli.rights.Role;

/**
 * One operation of a line of the table: what an administrator may have forgotten.
 *
 * @param number of this one among all, from 0
 * @param line of the table, from 0
 */
record ForgottenRight(int number, Role role, int line, AclOperation operation) {

    /** Those of the whole table. */
    static Stream<ForgottenRight> all() {
        List<ForgottenRight> all = new ArrayList<>();
        List<RightsTable.Line> lines = RightsTable.lines("any.", "any");
        for (int line = 0; line < lines.size(); line++) {
            RightsTable.Line written = lines.get(line);
            for (AclOperation operation : written.right().operations()) {
                all.add(new ForgottenRight(all.size(), written.role(), line, operation));
            }
        }
        return all.stream();
    }

    /** What is forgotten. */
    Right right(String prefix, String applicationId) {
        return RightsTable.lines(prefix, applicationId).get(line).right().only(List.of(operation));
    }

    /** All other rights of the role. */
    List<Right> rest(String prefix, String applicationId) {
        List<Right> rest = new ArrayList<>();
        List<RightsTable.Line> lines = RightsTable.lines(prefix, applicationId);
        for (int i = 0; i < lines.size(); i++) {
            Right right = lines.get(i).right();
            if (lines.get(i).role() == role) {
                List<AclOperation> kept = right.operations().stream()
                        .filter(each -> each != operation)
                        .toList();
                if (i != line) {
                    rest.add(right);
                } else if (!kept.isEmpty()) {
                    rest.add(right.only(kept));
                }
            }
        }
        return rest;
    }

    @Override
    public String toString() {
        Right right = right("knockon.", "knockon.streams");
        return role + " " + right.resource().resourceType() + " "
                + right.resource().name() + " " + Right.names(right.operations());
    }
}
