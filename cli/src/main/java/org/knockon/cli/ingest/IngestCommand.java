package org.knockon.cli.ingest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.knockon.cli.console.CommandFailure;
import org.knockon.cli.console.CommonOptions;
import org.knockon.cli.console.ExitCodes;
import org.knockon.cli.console.Json;
import org.knockon.cli.console.OutputFormat;
import org.knockon.cli.console.TextTable;
import org.knockon.feeds.settings.FeedSettings;
import org.knockon.feeds.settings.FeedsFile;
import org.knockon.feeds.settings.FeedsFileReader;
import org.knockon.feeds.settings.PseudonymKeyFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code knockon ingest}. */
@Command(
        name = "ingest",
        sortOptions = false,
        description = {
            "Checks a feeds file, which says what a hospital's own systems send.",
            "Reports every problem of the file, and of the keys, tokens and certificates that it names. Connects to nothing."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the file is valid; a key was made",
            "1:the key cannot be written",
            "2:the command line or the feeds file is invalid; every problem is listed with its line"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  knockon ingest --new-key pseudonym.key",
            "  knockon ingest --feeds feeds.yaml --check",
            "  knockon ingest --feeds feeds.yaml --check --output json"
        })
public final class IngestCommand implements Callable<Integer> {

    @Option(names = "--feeds", paramLabel = "FILE", description = "The feeds file, in YAML.")
    private Path feeds;

    @Option(names = "--check", description = "Check the feeds file.")
    private boolean check;

    @Option(
            names = "--new-key",
            paramLabel = "FILE",
            description = "Write a new key for the pseudonyms of patients. A file that exists is not overwritten.")
    private Path newKey;

    @Option(
            names = "--output",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "text for people, json for programs. Default: text.")
    private OutputFormat output;

    @Mixin
    CommonOptions common;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        boolean checks = check && feeds != null;
        if (checks == (newKey != null) || check != (feeds != null)) {
            throw new ParameterException(spec.commandLine(), "give --feeds FILE with --check, or --new-key FILE");
        }
        if (newKey != null) {
            makeKey();
            return ExitCodes.OK;
        }
        FeedsFile file = FeedsFileReader.read(feeds);
        PrintWriter out = spec.commandLine().getOut();
        if (output == OutputFormat.JSON) {
            out.println(Json.line(json(file)));
        } else {
            print(file, out);
        }
        return ExitCodes.OK;
    }

    private void makeKey() {
        try {
            PseudonymKeyFile.create(newKey);
            spec.commandLine().getOut().println("wrote a new key to " + newKey + "; keep a copy in a safe place");
        } catch (FileAlreadyExistsException e) {
            throw new ParameterException(
                    spec.commandLine(), newKey + " exists; a new key would give every patient another pseudonym", e);
        } catch (IOException e) {
            throw new CommandFailure(ExitCodes.FAILURES, "cannot write " + newKey + ": " + e.getMessage(), e);
        }
    }

    private void print(FeedsFile file, PrintWriter out) {
        TextTable table = new TextTable(1, 2).row("feed", "kind", "namespace");
        file.feeds()
                .forEach(feed -> table.row(
                        feed.name(), feed.kind().word(), feed.identity().namespace()));
        table.lines().forEach(out::println);
        file.warnings().forEach(warning -> out.println("warning: " + warning));
        out.println(feeds + " is valid");
    }

    private static ObjectNode json(FeedsFile file) {
        ObjectNode json = Json.object();
        ArrayNode list = json.putArray("feeds");
        for (FeedSettings feed : file.feeds()) {
            list.addObject()
                    .put("name", feed.name())
                    .put("kind", feed.kind().word())
                    .put("namespace", feed.identity().namespace());
        }
        ArrayNode warnings = json.putArray("warnings");
        file.warnings().forEach(warnings::add);
        return json;
    }
}
