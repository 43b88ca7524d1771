package org.knockon.feeds.catalogue;

import java.util.List;
import org.knockon.feeds.csv.CsvColumn;

/** The columns of the CSV files: the fields of the topics, with a dot between the levels. */
final class CatalogueColumns {

    static final List<CsvColumn> SYSTEMS = List.of(
            CsvColumn.required("systemId"),
            CsvColumn.required("name"),
            CsvColumn.optional("organisation"),
            CsvColumn.optional("kind"),
            CsvColumn.list("dependsOn"),
            CsvColumn.optional("monitoring.confirmAfterSeconds"),
            CsvColumn.optional("monitoring.recoverAfterSeconds"),
            CsvColumn.optional("monitoring.silenceAfterSeconds"),
            CsvColumn.optional("standard.availabilityPercent"),
            CsvColumn.optional("standard.longestOutageMinutes"));

    static final List<CsvColumn> SERVICES = List.of(
            CsvColumn.required("serviceId"),
            CsvColumn.required("name"),
            CsvColumn.optional("organisation"),
            CsvColumn.required("site"),
            CsvColumn.optional("siteName"),
            CsvColumn.optional("specialty"),
            CsvColumn.required("category"));

    static final List<CsvColumn> REQUIRES = List.of(
            CsvColumn.required("serviceId"),
            CsvColumn.required("systemId"),
            CsvColumn.required("capability"),
            CsvColumn.required("toleranceMinutes"));

    private CatalogueColumns() {}
}
