package org.knockon.cli.sandbox;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.knockon.cli.console.Cleanup;
import org.knockon.cli.console.CommandFailure;
import org.knockon.cli.console.CommonOptions;
import org.knockon.cli.console.ExitCodes;
import org.knockon.cli.console.Json;
import org.knockon.cli.console.OutputFormat;
import org.knockon.sandbox.Sandbox;
import org.knockon.sandbox.SandboxOptions;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code knockon sandbox}. */
@Command(
        name = "sandbox",
        sortOptions = false,
        description = {
            "Starts a real Kafka broker and a real schema registry on this machine.",
            "Both listen on loopback ports and run until Ctrl-C. Docker is not needed. The data is deleted at the end, unless"
                    + " --folder names a folder for it."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the registry's archive was written",
            "2:the command line is invalid",
            "4:the sandbox cannot start, or one of its processes died",
            "130:interrupted by Ctrl-C"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  knockon sandbox",
            "  knockon sandbox --port 9092 --registry-port 8081",
            "  knockon sandbox --folder ~/knockon-data",
            "  knockon sandbox --output json    one line with both addresses when ready",
            "  knockon sandbox --write-registry-archive registry.tar.gz    where Maven runs",
            "  knockon sandbox --registry-archive registry.tar.gz          where it does not"
        })
public final class SandboxCommand implements Callable<Integer> {

    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "Keep the data in this folder and use it again at the next start.")
    private Path folder;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "0",
            description = "Port of the broker. Default: any free port.")
    private int port;

    @Option(
            names = "--registry-port",
            paramLabel = "N",
            defaultValue = "0",
            description = "Port of the registry. Default: any free port.")
    private int registryPort;

    /** Where the registry's program comes from, if not from a download. Only one of the two makes sense. */
    private static final class RegistrySource {
        @Option(
                names = "--registry-archive",
                paramLabel = "FILE",
                description = "Take the registry's program from this file instead of downloading it with Maven. Its"
                        + " SHA-256 is checked.")
        private Path read;

        @Option(
                names = "--write-registry-archive",
                paramLabel = "FILE",
                description =
                        "Only download the registry's program, with Maven, and write it to this file, for a machine"
                                + " without Maven. Starts nothing.")
        private Path write;
    }

    @ArgGroup
    private RegistrySource source;

    @Option(
            names = "--output",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "json: one line {\"bootstrapServers\":..,\"schemaRegistryUrl\":..} once both are ready.")
    private OutputFormat output;

    @Mixin
    CommonOptions common;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter progress = output == OutputFormat.JSON ? spec.commandLine().getErr() : out;
        SandboxOptions options = options(progress);
        if (source != null && source.write != null) {
            Sandbox.writeRegistryArchive(options, source.write);
            progress.println("written: " + source.write);
            progress.flush();
            return ExitCodes.OK;
        }
        try (Cleanup cleanup = Cleanup.atExit()) {
            Sandbox sandbox = cleanup.add(Sandbox.start(options));
            if (output == OutputFormat.JSON) {
                out.println(Json.line(Json.object()
                        .put("bootstrapServers", sandbox.bootstrapServers())
                        .put("schemaRegistryUrl", sandbox.schemaRegistryUrl())));
            } else {
                printUsage(out, sandbox);
            }
            out.flush();
            return waitForCtrlC(sandbox);
        }
    }

    private SandboxOptions options(PrintWriter progress) {
        try {
            SandboxOptions options = SandboxOptions.defaults()
                    .withPorts(port, registryPort)
                    .withProgress(line -> {
                        progress.println(line);
                        progress.flush();
                    });
            if (source != null && source.read != null) {
                options = options.withRegistryArchive(source.read);
            }
            return folder == null ? options : options.withFolder(folder);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private void printUsage(PrintWriter out, Sandbox sandbox) {
        out.println("broker    " + sandbox.bootstrapServers());
        out.println("registry  " + sandbox.schemaRegistryUrl());
        out.println("data      " + sandbox.folder() + (folder == null ? ", deleted at the end" : ""));
        out.println();
        out.println("In another terminal, run:");
        out.println("  export KAFKA_BOOTSTRAP_SERVERS=" + sandbox.bootstrapServers());
        out.println("  export KAFKA_SCHEMA_REGISTRY_URL=" + sandbox.schemaRegistryUrl());
        out.println("  knockon doctor");
        out.println("  knockon topics create");
        out.println("  knockon stream");
        out.println("  knockon watch");
        out.println();
        out.println("Ctrl-C stops it.");
    }

    private static int waitForCtrlC(Sandbox sandbox) {
        try {
            while (true) {
                sandbox.failure().ifPresent(why -> {
                    throw new CommandFailure(ExitCodes.SANDBOX, why);
                });
                Thread.sleep(CHECK_INTERVAL.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCodes.INTERRUPTED;
        }
    }
}
