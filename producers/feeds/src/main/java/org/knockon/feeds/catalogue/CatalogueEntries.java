package org.knockon.feeds.catalogue;

import java.util.List;
import org.knockon.producers.yaml.Item;

/**
 * What a catalogue lists, before it is checked.
 *
 * @param services in YAML with their requirements
 * @param requirements rows of a table, each with its service; none in YAML
 */
record CatalogueEntries(List<Item> systems, List<Item> services, List<Item> requirements) {

    static final CatalogueEntries NONE = new CatalogueEntries(List.of(), List.of(), List.of());
}
