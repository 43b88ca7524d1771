package org.knockon.cli.catalogue;

import java.util.List;
import org.knockon.cli.connect.Preflight;
import org.knockon.cli.console.Cleanup;
import org.knockon.cli.settings.ConnectionOptions;
import org.knockon.cli.settings.Settings;
import org.knockon.feeds.catalogue.CatalogueChange;
import org.knockon.feeds.catalogue.CatalogueDiff;
import org.knockon.feeds.catalogue.CatalogueRecords;
import org.knockon.feeds.catalogue.topics.CatalogueTopics;
import org.knockon.schemas.Topics;

/** The topics of the catalogue on a cluster that has answered. */
final class CatalogueConnection implements AutoCloseable {

    private final Cleanup cleanup;
    private final CatalogueTopics topics;

    private CatalogueConnection(Cleanup cleanup, CatalogueTopics topics) {
        this.cleanup = cleanup;
        this.topics = topics;
    }

    static CatalogueConnection open(ConnectionOptions options) {
        Settings settings = options.resolve().withLocalDefaults();
        Preflight.requireAll(settings, List.of(Topics.SYSTEMS, Topics.CARE_SERVICES));
        Cleanup cleanup = Cleanup.atExit();
        return new CatalogueConnection(cleanup, cleanup.add(new CatalogueTopics(settings.client(), settings.prefix())));
    }

    CatalogueDiff diff(CatalogueRecords wanted) {
        return CatalogueDiff.between(topics.read(), wanted);
    }

    void publish(List<CatalogueChange> changes, CatalogueRecords wanted) {
        topics.publish(changes, wanted);
    }

    @Override
    public void close() {
        cleanup.close();
    }
}
