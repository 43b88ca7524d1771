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
            "2:the command line is invalid",
            "4:the sandbox cannot start, or one of its processes died",
            "130:interrupted by Ctrl-C"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  knockon sandbox",
            "  knockon sandbox --port 9092 --registry-port 8081",
            "  knockon sandbox --folder ~/knockon-data",
            "  knockon sandbox --output json    one line with both addresses when ready"
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
