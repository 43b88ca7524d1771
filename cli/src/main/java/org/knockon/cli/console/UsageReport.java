package org.knockon.cli.console;

import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Prints what is wrong with a command line and how to get help, instead of the whole help text. */
public final class UsageReport implements IParameterExceptionHandler {

    @Override
    public int handleParseException(ParameterException invalid, String[] arguments) {
        CommandLine command = invalid.getCommandLine();
        command.getErr().println(command.getColorScheme().errorText("knockon: " + invalid.getMessage()));
        UnmatchedArgumentException.printSuggestions(invalid, command.getErr());
        command.getErr().println("See '" + command.getCommandSpec().qualifiedName() + " --help'.");
        command.getErr().flush();
        return ExitCodes.USAGE;
    }
}
