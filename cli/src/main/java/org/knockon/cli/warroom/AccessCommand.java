package org.knockon.cli.warroom;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.knockon.cli.console.CommandFailure;
import org.knockon.cli.console.CommonOptions;
import org.knockon.cli.console.ExitCodes;
import org.knockon.cli.console.TextTable;
import org.knockon.server.tls.SelfSignedCertificate;
import org.knockon.warroom.access.AccessFile;
import org.knockon.warroom.access.AccessList;
import org.knockon.warroom.access.Role;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code knockon access}: manages who may see a wall display. Reads no secret from the command line, which other users can list. */
@Command(
        name = "access",
        description = "Grants and revokes access to a wall display.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "2:the command line or the access file is invalid"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  knockon access add-display gold-room --access walls.json",
            "  knockon access list --access walls.json"
        })
public final class AccessCommand implements Callable<Integer> {

    private static final String EXIT_CODES = "%nExit codes:%n";
    private static final String EXAMPLES = "%nExamples:%n";
    private static final String DONE = "0:done";
    private static final String INVALID = "2:the command line or the access file is invalid";
    private static final int MIN_PASSWORD_LENGTH = 12;

    @Mixin
    CommonOptions common;

    @Spec
    private CommandSpec spec;

    /** The option that names the access file, shared by all subcommands. */
    static final class AccessFileOption {
        @Option(
                names = "--access",
                paramLabel = "FILE",
                required = true,
                description = "The access file; the first command that adds an entry creates it.")
        private Path path;

        private AccessFile file() {
            return new AccessFile(path);
        }
    }

    /** The option that names the roles. */
    static final class RoleOption {
        @Option(
                names = "--role",
                paramLabel = "ROLE",
                defaultValue = "viewer",
                description = "viewer, facilitator or rebooking; repeat for several. Default: viewer.")
        private List<Role> roles;

        private Set<Role> set() {
            return EnumSet.copyOf(roles);
        }
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return CommandLine.ExitCode.USAGE;
    }

    /** {@code add-user}. */
    @Command(
            name = "add-user",
            description = "Adds a user with a password. Prompts for it, or reads it as one line from standard input.",
            exitCodeListHeading = EXIT_CODES,
            exitCodeList = {DONE, INVALID},
            footerHeading = EXAMPLES,
            footer = {"  knockon access add-user ana --access walls.json --role facilitator"})
    int addUser(
            @Mixin CommonOptions options,
            @Mixin AccessFileOption file,
            @Mixin RoleOption roles,
            @Parameters(paramLabel = "NAME", description = "Name of the user.") String name) {
        return run(() -> {
            file.file().addUser(name, roles.set(), password());
            return "added " + name;
        });
    }

    /** {@code add-token}. */
    @Command(
            name = "add-token",
            description = "Adds a program and prints its bearer token. Only this command shows the token.",
            exitCodeListHeading = EXIT_CODES,
            exitCodeList = {DONE, INVALID},
            footerHeading = EXAMPLES,
            footer = {"  knockon access add-token report --access walls.json"})
    int addToken(
            @Mixin CommonOptions options,
            @Mixin AccessFileOption file,
            @Mixin RoleOption roles,
            @Parameters(paramLabel = "NAME", description = "Name of the program.") String name) {
        return run(() -> file.file().addToken(name, roles.set(), false));
    }

    /** {@code add-display}. */
    @Command(
            name = "add-display",
            description =
                    "Adds a read-only display and prints the path, with its token, to append to the address of the"
                            + " war room. Only this command shows the token.",
            exitCodeListHeading = EXIT_CODES,
            exitCodeList = {DONE, INVALID},
            footerHeading = EXAMPLES,
            footer = {"  knockon access add-display gold-room --access walls.json"})
    int addDisplay(
            @Mixin CommonOptions options,
            @Mixin AccessFileOption file,
            @Parameters(paramLabel = "NAME", description = "Name of the display.") String name) {
        return run(() -> "/wall?token=" + file.file().addToken(name, Set.of(Role.VIEWER), true));
    }

    /** {@code list}. */
    @Command(
            name = "list",
            description = "Lists users, programs and displays with their roles.",
            exitCodeListHeading = EXIT_CODES,
            exitCodeList = {DONE, INVALID},
            footerHeading = EXAMPLES,
            footer = {"  knockon access list --access walls.json"})
    int list(@Mixin CommonOptions options, @Mixin AccessFileOption file) {
        return run(() -> {
            AccessList list = file.file().read();
            TextTable table = new TextTable(1, 2);
            list.users().forEach(user -> table.row("user", user.name(), words(user.roles())));
            list.tokens()
                    .forEach(token ->
                            table.row(token.display() ? "display" : "program", token.name(), words(token.roles())));
            return String.join(System.lineSeparator(), table.lines());
        });
    }

    /** {@code revoke}. */
    @Command(
            name = "revoke",
            description = "Revokes all access of a user, program or display; its open streams close within seconds.",
            exitCodeListHeading = EXIT_CODES,
            exitCodeList = {DONE, INVALID},
            footerHeading = EXAMPLES,
            footer = {"  knockon access revoke gold-room --access walls.json"})
    int revoke(
            @Mixin CommonOptions options,
            @Mixin AccessFileOption file,
            @Parameters(paramLabel = "NAME", description = "Name of a user, program or display.") String name) {
        return run(() -> {
            if (!file.file().revoke(name)) {
                throw new IllegalArgumentException("no entry '" + name + "' in " + file.path);
            }
            return "revoked " + name;
        });
    }

    /** {@code self-signed}. */
    @Command(
            name = "self-signed",
            description = {
                "Makes a certificate with its key, for trials and for networks without a certificate authority.",
                "Browsers warn once, because no authority vouches for it. It is valid for 825 days."
            },
            exitCodeListHeading = EXIT_CODES,
            exitCodeList = {DONE, "2:the command line is invalid, or a file exists or cannot be written"},
            footerHeading = EXAMPLES,
            footer = {"  knockon access self-signed --host wall --tls-cert c.pem --tls-key k.pem"})
    int selfSigned(
            @Mixin CommonOptions options,
            @Option(
                            names = "--host",
                            paramLabel = "HOST",
                            required = true,
                            description =
                                    "Name or address under which browsers reach the war room; repeat for several.")
                    List<String> hosts,
            @Option(
                            names = "--tls-cert",
                            paramLabel = "FILE",
                            required = true,
                            description = "File for the certificate, in PEM format.")
                    Path certificate,
            @Option(
                            names = "--tls-key",
                            paramLabel = "FILE",
                            required = true,
                            description = "File for the private key, in PEM format, which only you may read.")
                    Path key) {
        try {
            SelfSignedCertificate.write(hosts, certificate, key);
            spec.commandLine().getOut().println("written: " + certificate + ", " + key);
            spec.commandLine().getOut().flush();
            return ExitCodes.OK;
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCodes.USAGE, e.getMessage(), e);
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailure(ExitCodes.USAGE, "the file already exists: " + e.getFile(), e);
        } catch (IOException e) {
            throw new CommandFailure(ExitCodes.USAGE, "cannot make the certificate: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCodes.INTERRUPTED, "interrupted", e);
        }
    }

    /** Changes or reads the access file, and returns the text to print. */
    @FunctionalInterface
    private interface Action {
        String run() throws IOException;
    }

    private int run(Action action) {
        PrintWriter out = spec.commandLine().getOut();
        try {
            out.println(action.run());
            out.flush();
            return ExitCodes.OK;
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCodes.USAGE, e.getMessage(), e);
        } catch (NoSuchFileException e) {
            throw new CommandFailure(ExitCodes.USAGE, "no such file: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new CommandFailure(ExitCodes.USAGE, "cannot use the access file: " + e.getMessage(), e);
        }
    }

    private static char[] password() throws IOException {
        char[] password = System.console() != null
                ? System.console().readPassword("Password: ")
                : line(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        if (password == null || password.length < MIN_PASSWORD_LENGTH) {
            throw new IllegalArgumentException("a password must have at least " + MIN_PASSWORD_LENGTH + " characters");
        }
        return password;
    }

    private static char[] line(Reader in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.append((char) next);
        }
        return line.toString().replaceFirst("\r$", "").toCharArray();
    }

    private static String words(Set<Role> roles) {
        return roles.stream().sorted().map(Role::word).collect(Collectors.joining(", "));
    }
}
