package org.knockon.cli.rights;

import java.util.List;
import org.knockon.cli.settings.Settings;
import org.knockon.streams.app.StreamsAppSettings;
import picocli.CommandLine.Option;

/** Options that say for which roles, and what their users are called on the broker. */
final class RoleOptions {

    @Option(
            names = "--for",
            paramLabel = "ROLE",
            description = "Only deployer, producer, ingest, streams, war-room or replay. Default: all of them.")
    private Role only;

    @Option(
            names = "--user-prefix",
            paramLabel = "TEXT",
            defaultValue = "knockon-",
            description = "The user of a role has this text and the name of the role as its name. Default: knockon-.")
    private String userPrefix;

    List<Role> roles() {
        return only == null ? List.of(Role.values()) : List.of(only);
    }

    String user(Role role) {
        return userPrefix + role;
    }

    /** As an ACL names the user. */
    String principal(Role role) {
        return "User:" + user(role);
    }

    /** The rights of a role, with the prefix and the application id of these settings. */
    static List<Right> rights(Role role, Settings settings) {
        String applicationId =
                StreamsAppSettings.parse(settings.ours(), settings.client()).applicationId();
        return RightsTable.of(role, settings.prefix(), applicationId);
    }
}
