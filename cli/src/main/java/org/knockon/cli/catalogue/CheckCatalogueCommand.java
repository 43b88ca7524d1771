package org.knockon.cli.catalogue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.knockon.cli.console.CommonOptions;
import org.knockon.cli.console.ExitCodes;
import org.knockon.cli.console.Figures;
import org.knockon.cli.console.Json;
import org.knockon.cli.console.OutputOption;
import org.knockon.feeds.catalogue.CatalogueFile;
import org.knockon.feeds.catalogue.CatalogueRecords;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code knockon catalogue check}. */
@Command(
        name = "check",
        sortOptions = false,
        description = {
            "Checks a catalogue. Connects to nothing.",
            "Reports every problem with its file, its line and the nearest id or word. Lists cycles, which are legal, as warnings."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the catalogue is valid",
            "2:the command line or the catalogue is invalid; every problem is listed with its line"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  knockon catalogue check --file catalogue.yaml",
            "  knockon catalogue check --file catalogue --output json"
        })
public final class CheckCatalogueCommand implements Callable<Integer> {

    @Mixin
    private CatalogueOptions catalogue;

    @Mixin
    private OutputOption output;

    @Mixin
    CommonOptions common;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        CatalogueFile file = catalogue.read(spec.commandLine());
        PrintWriter out = spec.commandLine().getOut();
        CatalogueRecords records = file.records();
        if (output.json()) {
            ObjectNode json = Json.object()
                    .put("systems", records.systems().size())
                    .put("careServices", records.services().size())
                    .put("requirements", records.requirements());
            ArrayNode warnings = json.putArray("warnings");
            file.warnings().forEach(warnings::add);
            out.println(Json.line(json));
        } else {
            out.println(catalogue.file() + " is valid: "
                    + Figures.count(records.systems().size(), "system", "systems") + ", "
                    + Figures.count(records.services().size(), "care service", "care services") + ", "
                    + Figures.count(records.requirements(), "requirement", "requirements"));
        }
        return ExitCodes.OK;
    }
}
