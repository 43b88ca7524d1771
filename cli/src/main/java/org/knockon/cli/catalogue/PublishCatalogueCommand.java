package org.knockon.cli.catalogue;

import java.util.concurrent.Callable;
import org.knockon.cli.console.CommonOptions;
import org.knockon.cli.console.ExitCodes;
import org.knockon.cli.console.OutputOption;
import org.knockon.cli.settings.ConnectionOptions;
import org.knockon.feeds.catalogue.CatalogueDiff;
import org.knockon.feeds.catalogue.CatalogueFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code knockon catalogue publish}. */
@Command(
        name = "publish",
        sortOptions = false,
        description = {
            "Writes a catalogue to the topics: what is new and what differs. Publishing twice writes nothing the second time.",
            "What is on the topics but not in the catalogue stays, unless --prune is given."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the topics hold the catalogue",
            "1:a record is too large; nothing was written",
            "2:the command line, a setting or the catalogue is invalid; nothing was written",
            "3:the broker or the registry cannot be reached, or topics are missing"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  knockon catalogue publish --file catalogue.yaml",
            "  knockon catalogue publish --file catalogue --prune --output json"
        })
public final class PublishCatalogueCommand implements Callable<Integer> {

    @Mixin
    private CatalogueOptions catalogue;

    @Option(
            names = "--prune",
            description = "Remove systems and care services that are not in the catalogue, with tombstones.")
    private boolean prune;

    @Mixin
    private OutputOption output;

    @Mixin
    private ConnectionOptions connection;

    @Mixin
    CommonOptions common;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        CatalogueFile file = catalogue.read(spec.commandLine());
        try (CatalogueConnection topics = CatalogueConnection.open(connection)) {
            CatalogueDiff diff = topics.diff(file.records());
            topics.publish(diff.written(prune), file.records());
            new ChangeView(diff, prune, true)
                    .print(output.json(), spec.commandLine().getOut());
            return ExitCodes.OK;
        }
    }
}
