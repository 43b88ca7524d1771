package org.knockon.feeds.catalogue;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * How a catalogue differs from what is published.
 *
 * @param changes systems first, each type by id
 * @param unchanged number of entries that are the same
 */
public record CatalogueDiff(List<CatalogueChange> changes, int unchanged) {

    private static final String UNREADABLE = "cannot be read";

    public CatalogueDiff {
        changes = List.copyOf(changes);
    }

    public static CatalogueDiff between(PublishedCatalogue published, CatalogueRecords wanted) {
        List<CatalogueChange> changes = new ArrayList<>();
        int unchanged = add(
                changes,
                EntryType.SYSTEM,
                published.records().systems(),
                published.unreadableSystems(),
                wanted.systems(),
                CatalogueFields::of);
        unchanged += add(
                changes,
                EntryType.SERVICE,
                published.records().services(),
                published.unreadableServices(),
                wanted.services(),
                CatalogueFields::of);
        return new CatalogueDiff(changes, unchanged);
    }

    /** Those that {@code publish} writes: what is gone only if it is to be removed. */
    public List<CatalogueChange> written(boolean prune) {
        return changes.stream()
                .filter(change -> prune || change.kind() != CatalogueChange.Kind.GONE)
                .toList();
    }

    /** Number of changes of a kind. */
    public int count(CatalogueChange.Kind kind) {
        return (int) changes.stream().filter(change -> change.kind() == kind).count();
    }

    private static <V> int add(
            List<CatalogueChange> changes,
            EntryType type,
            SortedMap<String, V> before,
            Set<String> unreadable,
            SortedMap<String, V> after,
            Function<V, Map<String, String>> fields) {
        int unchanged = 0;
        Set<String> ids = new TreeSet<>(before.keySet());
        ids.addAll(unreadable);
        ids.addAll(after.keySet());
        for (String id : ids) {
            if (!after.containsKey(id)) {
                changes.add(new CatalogueChange(CatalogueChange.Kind.GONE, type, id, List.of()));
            } else if (unreadable.contains(id)) {
                changes.add(new CatalogueChange(
                        CatalogueChange.Kind.CHANGED,
                        type,
                        id,
                        List.of(new FieldChange("record", UNREADABLE, "as in the file"))));
            } else if (!before.containsKey(id)) {
                changes.add(new CatalogueChange(CatalogueChange.Kind.ADDED, type, id, List.of()));
            } else {
                List<FieldChange> differing = differing(fields.apply(before.get(id)), fields.apply(after.get(id)));
                if (differing.isEmpty()) {
                    unchanged++;
                } else {
                    changes.add(new CatalogueChange(CatalogueChange.Kind.CHANGED, type, id, differing));
                }
            }
        }
        return unchanged;
    }

    private static List<FieldChange> differing(Map<String, String> before, Map<String, String> after) {
        Set<String> names = new LinkedHashSet<>(before.keySet());
        names.addAll(after.keySet());
        List<FieldChange> differing = new ArrayList<>();
        for (String name : names) {
            String was = before.getOrDefault(name, "");
            String is = after.getOrDefault(name, "");
            if (!was.equals(is)) {
                differing.add(new FieldChange(name, was, is));
            }
        }
        return differing;
    }
}
