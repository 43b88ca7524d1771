package org.knockon.cli.console;

import picocli.CommandLine.Option;

/** The option {@code --output} of commands that print one result, for people or for programs. */
public final class OutputOption {

    @Option(
            names = "--output",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "text for people, json for programs. Default: text.")
    private OutputFormat format;

    public boolean json() {
        return format == OutputFormat.JSON;
    }
}
