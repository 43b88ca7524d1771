package org.knockon.feeds.catalogue;

import java.util.List;

/**
 * A valid catalogue.
 *
 * @param warnings what is legal and perhaps not meant
 */
public record CatalogueFile(CatalogueRecords records, List<String> warnings) {

    public CatalogueFile {
        warnings = List.copyOf(warnings);
    }
}
