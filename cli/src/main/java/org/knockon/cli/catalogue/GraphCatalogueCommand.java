package org.knockon.cli.catalogue;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.knockon.cli.console.CommonOptions;
import org.knockon.cli.console.ExitCodes;
import org.knockon.feeds.catalogue.CatalogueRecords;
import org.knockon.feeds.catalogue.MermaidGraph;
import org.knockon.producers.yaml.Item;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code knockon catalogue graph}. */
@Command(
        name = "graph",
        sortOptions = false,
        description =
                "Draws a catalogue as a Mermaid flowchart: which care services need which systems, and what these depend on.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:drawn", "2:the command line or the catalogue is invalid"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  knockon catalogue graph --file catalogue.yaml > catalogue.mmd",
            "  knockon catalogue graph --file catalogue.yaml --around pas"
        })
public final class GraphCatalogueCommand implements Callable<Integer> {

    @Mixin
    private CatalogueOptions catalogue;

    @Option(
            names = "--around",
            paramLabel = "ID",
            description = "Only this system or care service, what it needs, and what needs it. Default: everything.")
    private Optional<String> around = Optional.empty();

    @Mixin
    CommonOptions common;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        CatalogueRecords records = catalogue.read(spec.commandLine()).records();
        around.ifPresent(id -> requireKnown(records, id));
        String graph = around.map(id -> MermaidGraph.of(records, id)).orElseGet(() -> MermaidGraph.of(records));
        spec.commandLine().getOut().print(graph);
        spec.commandLine().getOut().flush();
        return ExitCodes.OK;
    }

    private void requireKnown(CatalogueRecords records, String id) {
        if (!records.ids().contains(id)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "there is no system or care service '" + id + "'; " + Item.suggest(id, records.ids()));
        }
    }
}
