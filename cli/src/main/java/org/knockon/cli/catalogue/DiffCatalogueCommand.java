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

/** {@code knockon catalogue diff}. */
@Command(
        name = "diff",
        sortOptions = false,
        description = "Shows what 'knockon catalogue publish' would change on the topics, and changes nothing.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:publishing would change nothing",
            "1:publishing would change something",
            "2:the command line, a setting or the catalogue is invalid",
            "3:the broker or the registry cannot be reached, or topics are missing"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  knockon catalogue diff --file catalogue.yaml",
            "  knockon catalogue diff --file catalogue.yaml --prune --output json"
        })
public final class DiffCatalogueCommand implements Callable<Integer> {

    @Mixin
    private CatalogueOptions catalogue;

    @Option(names = "--prune", description = "Also show what 'publish --prune' would remove.")
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
            ChangeView view = new ChangeView(diff, prune, false);
            view.print(output.json(), spec.commandLine().getOut());
            return diff.written(prune).isEmpty() ? ExitCodes.OK : ExitCodes.FAILURES;
        }
    }
}
