package org.knockon.feeds.tables;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.knockon.feeds.pseudonym.KeyedHash;

/**
 * Keyed hashes of attributes that no rule fits. A location may spell out a home address, so no text of it is published
 * or kept. With the hashes, an exact rule that is added later can still be applied; a rule with {@code *} cannot.
 */
public final class AttributeHashes {
    private final KeyedHash hash;

    public AttributeHashes(KeyedHash hash) {
        this.hash = hash;
    }

    /** The id of a service that no rule names: the same attributes always give the same id. */
    public String unmappedId(String namespace, Map<String, List<String>> attributes) {
        StringBuilder all = new StringBuilder();
        attributes.keySet().stream()
                .sorted()
                .forEach(name -> attributes
                        .get(name)
                        .forEach(value -> all.append(name)
                                .append('=')
                                .append(value.length())
                                .append(':')
                                .append(value)
                                .append(';')));
        return "unmapped." + (namespace.isEmpty() ? "" : namespace + ".") + hash.shortHex(all.toString());
    }

    /** The attributes with a hash instead of each value. */
    public Map<String, List<String>> of(Map<String, List<String>> attributes) {
        Map<String, List<String>> hashed = new LinkedHashMap<>();
        attributes.forEach((name, values) ->
                hashed.put(name, values.stream().map(value -> of(name, value)).toList()));
        return hashed;
    }

    /** Hashed attributes as texts of the form {@code location=0123456789abcdef}, in which they are kept. */
    public static Set<String> written(Map<String, List<String>> hashed) {
        Set<String> written = new TreeSet<>();
        hashed.forEach((name, values) -> values.forEach(value -> written.add(name + "=" + value)));
        return written;
    }

    /** The attributes of {@link #written}. */
    public static Map<String, List<String>> read(Set<String> written) {
        Map<String, List<String>> hashed = new TreeMap<>();
        for (String each : written) {
            int equals = each.indexOf('=');
            if (equals > 0) {
                hashed.computeIfAbsent(each.substring(0, equals), name -> new ArrayList<>())
                        .add(each.substring(equals + 1));
            }
        }
        return hashed;
    }

    /** The id that the rules give to hashed attributes; rules with {@code *} are passed over. */
    public Optional<String> id(List<IdRule> rules, Map<String, List<String>> hashed) {
        return rules.stream()
                .filter(IdRule::exact)
                .map(this::hashed)
                .filter(rule -> rule.fits(hashed))
                .map(IdRule::id)
                .findFirst();
    }

    private IdRule hashed(IdRule rule) {
        Map<String, TextPattern> match = new LinkedHashMap<>();
        rule.match().forEach((name, pattern) -> match.put(name, new TextPattern(of(name, pattern.text()), false)));
        return new IdRule(match, rule.id());
    }

    private String of(String name, String value) {
        return hash.shortHex(name + "=" + value);
    }
}
