package org.knockon.cli.warroom;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
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

/** {@code knockon access}: who may see a wall display. No secret is taken from the command line, which others can list. */
@Command(
        name = "access",
        description = "Says who may see a wall display, and takes it away again.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "2:the command line or the access file is wrong"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  knockon access add-display gold-room --access walls.json",
            "  knockon access list --access walls.json"
        })
public final class AccessCommand implements Callable<Integer> {

    private static final String EXIT_CODES = "%nExit codes:%n";
    private static final String EXAMPLES = "%nExamples:%n";
    private static final String DONE = "0:done";
    private static final String WRONG = "2:the command line or the access file is wrong";
    private static final int SHORTEST_PASSWORD = 12;

    @Mixin
    CommonOptions common;

    @Spec
    private CommandSpec spec;

    /** The file, of every one of them. */
    static final class TheFile {
        @Option(
                names = "--access",
                paramLabel = "FILE",
                required = true,
                description = "The access file; made by the first that is added.")
        private Path path;

        private AccessFile file() {
            return new AccessFile(path);
        }
    }

    /** What somebody may do. */
    static final class Roles {
        @Option(
                names = "--role",
                paramLabel = "ROLE",
                defaultValue = "viewer",
                description = "viewer, facilitator or rebooking; may be repeated. Default: viewer.")
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
            description = "Adds somebody with a password, which is asked for, or read as one line of standard input.",
            exitCodeListHeading = EXIT_CODES,
            exitCodeList = {DONE, WRONG},
            footerHeading = EXAMPLES,
            footer = {"  knockon access add-user ana --access walls.json --role facilitator"})
    int addUser(
            @Mixin CommonOptions options,
            @Mixin TheFile file,
            @Mixin Roles roles,
            @Parameters(paramLabel = "NAME", description = "Of the user.") String name) {
        return say(() -> {
            file.file().addUser(name, roles.set(), password());
            return "added " + name;
        });
    }

    /** {@code add-token}. */
    @Command(
            name = "add-token",
            description = "Adds a program and prints the token that it sends as bearer. It is shown this once.",
            exitCodeListHeading = EXIT_CODES,
            exitCodeList = {DONE, WRONG},
            footerHeading = EXAMPLES,
            footer = {"  knockon access add-token report --access walls.json"})
    int addToken(
            @Mixin CommonOptions options,
            @Mixin TheFile file,
            @Mixin Roles roles,
            @Parameters(paramLabel = "NAME", description = "Of the program.") String name) {
        return say(() -> file.file().addToken(name, roles.set(), false));
    }

    /** {@code add-display}. */
    @Command(
            name = "add-display",
            description = "Adds a display that may view, and prints what follows the address of the war room on it,"
                    + " with its token. It is shown this once.",
            exitCodeListHeading = EXIT_CODES,
            exitCodeList = {DONE, WRONG},
            footerHeading = EXAMPLES,
            footer = {"  knockon access add-display gold-room --access walls.json"})
    int addDisplay(
            @Mixin CommonOptions options,
            @Mixin TheFile file,
            @Parameters(paramLabel = "NAME", description = "Of the display.") String name) {
        return say(() -> "/wall?token=" + file.file().addToken(name, Set.of(Role.VIEWER), true));
    }

    /** {@code list}. */
    @Command(
            name = "list",
            description = "Lists users, programs and displays, and what they may do.",
            exitCodeListHeading = EXIT_CODES,
            exitCodeList = {DONE, WRONG},
            footerHeading = EXAMPLES,
            footer = {"  knockon access list --access walls.json"})
    int list(@Mixin CommonOptions options, @Mixin TheFile file) {
        return say(() -> {
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
            description = "Takes all access of a user, program or display away; its open streams end in seconds.",
            exitCodeListHeading = EXIT_CODES,
            exitCodeList = {DONE, WRONG},
            footerHeading = EXAMPLES,
            footer = {"  knockon access revoke gold-room --access walls.json"})
    int revoke(
            @Mixin CommonOptions options,
            @Mixin TheFile file,
            @Parameters(paramLabel = "NAME", description = "Of a user, program or display.") String name) {
        return say(() -> {
            if (!file.file().revoke(name)) {
                throw new IllegalArgumentException("there is no " + name + " in " + file.path);
            }
            return "revoked " + name;
        });
    }

    /** What was done, in words; it is said once it is done. */
    @FunctionalInterface
    private interface Deed {
        String done() throws IOException;
    }

    private int say(Deed deed) {
        PrintWriter out = spec.commandLine().getOut();
        try {
            out.println(deed.done());
            out.flush();
            return ExitCodes.OK;
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCodes.USAGE, e.getMessage(), e);
        } catch (NoSuchFileException e) {
            throw new CommandFailure(ExitCodes.USAGE, "there is no file " + e.getMessage(), e);
        } catch (IOException e) {
            throw new CommandFailure(ExitCodes.USAGE, "the access file cannot be used: " + e.getMessage(), e);
        }
    }

    private static char[] password() throws IOException {
        char[] password = System.console() != null
                ? System.console().readPassword("Password: ")
                : line(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        if (password == null || password.length < SHORTEST_PASSWORD) {
            throw new IllegalArgumentException("a password has at least " + SHORTEST_PASSWORD + " characters");
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
