package org.knockon.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.knockon.cli.rights.Right;
import org.knockon.cli.rights.RightsTable;
import org.knockon.cli.rights.Role;
import org.knockon.schemas.Topics;

/**
 * A check of each topic, group and transactional id. Without a role: whether they exist and this client may see them. With a role: whether it
 * has the rights of this role.
 */
final class RightsChecks {

    private final RightsProbe probe;
    private final List<Check> checks = new ArrayList<>();
    private final List<Right> missing = new ArrayList<>();

    private RightsChecks(RightsProbe probe) {
        this.probe = probe;
    }

    static RightsChecks of(Admin admin, Optional<Role> role, String prefix, String applicationId) {
        RightsChecks checks = new RightsChecks(new RightsProbe(admin, prefix));
        role.map(one -> RightsTable.of(one, prefix, applicationId))
                .orElseGet(() -> visible(prefix, applicationId))
                .forEach(checks::check);
        return checks;
    }

    List<Check> checks() {
        return checks;
    }

    /** Rights that the client was refused. */
    List<Right> missing() {
        return missing;
    }

    private static List<Right> visible(String prefix, String applicationId) {
        return Stream.concat(
                        Topics.all().stream()
                                .map(topic -> new ResourcePattern(
                                        ResourceType.TOPIC, topic.name(prefix), PatternType.LITERAL)),
                        Stream.of(
                                new ResourcePattern(ResourceType.GROUP, applicationId, PatternType.LITERAL),
                                new ResourcePattern(
                                        ResourceType.TRANSACTIONAL_ID, applicationId + "-", PatternType.PREFIXED)))
                .map(resource -> new Right(resource, List.of(AclOperation.DESCRIBE)))
                .toList();
    }

    private void check(Right right) {
        String what = what(right.resource());
        try {
            checks.add(check(what, right, probe.find(right)));
        } catch (KafkaException e) {
            checks.add(Check.unavailable(what, e.getMessage()));
        }
    }

    private Check check(String what, Right right, RightsProbe.Finding found) {
        if (!found.denied().isEmpty()) {
            Right denied = right.only(found.denied());
            missing.add(denied);
            return Check.denied(what, "no right to " + Right.names(denied.operations()));
        }
        if (found.missing()) {
            return Check.missing(what, "create with 'knockon topics create'");
        }
        List<AclOperation> known = right.operations().stream()
                .filter(operation -> !found.unknown().contains(operation))
                .toList();
        String allowed = Right.names(known) + (found.state().isEmpty() ? "" : ", " + found.state());
        return found.unknown().isEmpty()
                ? Check.ok(what, allowed)
                : Check.unknown(
                        what,
                        (known.isEmpty() ? "" : allowed + "; ")
                                + Right.names(right.only(found.unknown()).operations())
                                + " not checked: nothing of this name exists yet");
    }

    private static String what(ResourcePattern resource) {
        String kind = switch (resource.resourceType()) {
            case TRANSACTIONAL_ID -> "transactional id";
            case GROUP -> "group";
            default -> "topic";
        };
        return resource.patternType() == PatternType.LITERAL
                ? kind + " " + resource.name()
                : kind + "s " + resource.name() + "*";
    }
}
