package org.knockon.cli.warroom;

import java.io.PrintWriter;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.knockon.cli.connect.Preflight;
import org.knockon.cli.console.Cleanup;
import org.knockon.cli.console.CommandFailure;
import org.knockon.cli.console.CommonOptions;
import org.knockon.cli.console.ExitCodes;
import org.knockon.cli.settings.ConnectionOptions;
import org.knockon.cli.settings.Settings;
import org.knockon.streams.app.StreamsAppSettings;
import org.knockon.warroom.WarRoomSettings;
import org.knockon.warroom.serve.StandaloneReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code knockon report}. */
@Command(
        name = "report",
        sortOptions = false,
        description = {
            "Writes the incident report to standard output: what failed, which systems depended on it, which care was postponed,"
                    + " and the records that prove it.",
            "The same records give the same bytes. The report contains counts of appointments and no patient data."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:written",
            "1:the topics contain no event",
            "2:the command line or a setting is invalid",
            "3:the broker or the registry cannot be reached, or topics are missing",
            "130:interrupted by Ctrl-C"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  knockon report > report.html",
            "  knockon report --form csv --prefix knockon.replay.july-heatwave-2022. > report.csv",
            "  knockon report --form json --at 2022-07-19T16:42:00+01:00"
        })
public final class ReportCommand implements Callable<Integer> {

    private static final String LOOPBACK = "127.0.0.1";

    @Option(
            names = "--form",
            paramLabel = "html|json|csv",
            defaultValue = "html",
            converter = FormConverter.class,
            description = "Format of the report; html for reading and printing. Default: html.")
    private StandaloneReport.Form form;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "Report the situation at this time, from the five-minute history; with an offset, such as"
                    + " 2022-07-19T16:42:00+01:00. Default: the latest event.")
    private OffsetDateTime at;

    @Mixin
    private ConnectionOptions connection;

    @Mixin
    CommonOptions common;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Settings settings = connection.resolve().withLocalDefaults();
        WarRoomSettings warRoom = settings(StreamsAppSettings.parse(settings.ours(), settings.client()));
        Preflight.requireAll(settings, WarRoomCommand.INPUTS);
        PrintWriter out = spec.commandLine().getOut();
        try (Cleanup cleanup = Cleanup.atExit()) {
            StandaloneReport report = cleanup.add(StandaloneReport.start(warRoom));
            OptionalLong instant = at == null
                    ? OptionalLong.empty()
                    : OptionalLong.of(at.toInstant().toEpochMilli());
            out.print(report.create(instant, form)
                    .orElseThrow(() -> new CommandFailure(
                            ExitCodes.FAILURES, "no events on " + settings.prefix() + "*: nothing to report")));
            out.flush();
            return ExitCodes.OK;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--at: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCodes.INTERRUPTED, "interrupted", e);
        }
    }

    private static WarRoomSettings settings(StreamsAppSettings app) {
        return new WarRoomSettings(
                app.client(),
                app.pipeline().prefix(),
                app.pipeline().rules().zone(),
                LOOPBACK,
                0,
                WarRoomSettings.exerciseIn(app.pipeline().prefix()));
    }

    /** Reads the lower-case name of a format. */
    static final class FormConverter implements ITypeConverter<StandaloneReport.Form> {
        @Override
        public StandaloneReport.Form convert(String value) {
            try {
                return StandaloneReport.Form.valueOf(value.toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("must be html, json or csv, but is '" + value + "'");
            }
        }
    }
}
