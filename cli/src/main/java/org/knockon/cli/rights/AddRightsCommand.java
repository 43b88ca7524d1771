package org.knockon.cli.rights;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.knockon.cli.connect.Connectivity;
import org.knockon.cli.console.CommonOptions;
import org.knockon.cli.console.ExitCodes;
import org.knockon.cli.settings.ConnectionOptions;
import org.knockon.cli.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code knockon rights add}. */
@Command(
        name = "add",
        sortOptions = false,
        description = {
            "Gives the user of each role its rights on the broker.",
            "Run it as an administrator of the cluster. Safe to repeat: it adds what is missing and removes nothing."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every user has its rights",
            "2:the command line, a setting or the file of passwords is invalid",
            "3:the broker cannot be reached, or it refuses the change"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  knockon rights add --command-config admin.properties",
            "  knockon rights add --for producer --user-prefix ward- --prefix ward.",
            "  knockon rights add --scram-passwords passwords.properties"
        })
public final class AddRightsCommand implements Callable<Integer> {

    @Mixin
    private RoleOptions options;

    @Option(
            names = "--scram-passwords",
            paramLabel = "FILE",
            description =
                    "Also set the passwords of these users (SCRAM-SHA-512), from a properties file with a line ROLE=PASSWORD for each role.")
    private Path passwordFile;

    @Mixin
    private ConnectionOptions connection;

    @Mixin
    CommonOptions common;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Settings settings = connection.resolve().withLocalDefaults();
        Map<String, String> passwords = new LinkedHashMap<>();
        passwords()
                .ifPresent(known -> options.roles().forEach(role -> passwords.put(options.user(role), known.of(role))));
        PrintWriter out = spec.commandLine().getOut();
        try (Admin admin = Connectivity.admin(settings)) {
            ClusterUsers users = new ClusterUsers(admin);
            users.setPasswords(passwords);
            for (Role role : options.roles()) {
                ClusterUsers.Added added = users.addRights(options.principal(role), RoleOptions.rights(role, settings));
                out.println(options.user(role) + ": " + (passwords.isEmpty() ? "" : "password set, ") + added.added()
                        + " rights added, " + added.existed() + " existed");
            }
        }
        return ExitCodes.OK;
    }

    private Optional<RolePasswords> passwords() {
        try {
            return passwordFile == null
                    ? Optional.empty()
                    : Optional.of(RolePasswords.read(passwordFile, options.roles()));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
