package org.knockon.feeds.catalogue;

import java.util.Set;

/**
 * What the topics hold.
 *
 * @param unreadableSystems keys whose newest record cannot be read
 * @param unreadableServices the same
 */
public record PublishedCatalogue(
        CatalogueRecords records, Set<String> unreadableSystems, Set<String> unreadableServices) {

    public PublishedCatalogue {
        unreadableSystems = Set.copyOf(unreadableSystems);
        unreadableServices = Set.copyOf(unreadableServices);
    }
}
