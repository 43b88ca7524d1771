package org.knockon.cli.rights;

import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;

/** The line of Kafka's own tool that adds a right, ready to paste into a shell. */
public final class AclCommand {

    private static final Pattern NEEDS_NO_QUOTES = Pattern.compile("[\\w@%+=:,./-]+");

    private AclCommand() {}

    /** @param principal such as {@code User:streams} */
    public static String add(String bootstrapServers, String principal, Right right) {
        StringBuilder line = new StringBuilder("kafka-acls.sh --bootstrap-server ")
                .append(quoted(bootstrapServers))
                .append(" --command-config admin.properties --add --allow-principal ")
                .append(quoted(principal));
        for (AclOperation operation : right.operations()) {
            line.append(" --operation ").append(OperationNames.of(operation));
        }
        line.append(" --")
                .append(RightsTable.option(right.resource().resourceType()))
                .append(' ')
                .append(quoted(right.resource().name()));
        if (right.resource().patternType() != PatternType.LITERAL) {
            line.append(" --resource-pattern-type ")
                    .append(right.resource().patternType().name().toLowerCase(Locale.ROOT));
        }
        return line.toString();
    }

    private static String quoted(String word) {
        return NEEDS_NO_QUOTES.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
