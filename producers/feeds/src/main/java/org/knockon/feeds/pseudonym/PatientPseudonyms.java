package org.knockon.feeds.pseudonym;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Gives patients their pseudonyms, by the first kind of identifier that a message holds. */
public final class PatientPseudonyms {
    private final KeyedHash hash;
    private final List<IdentifierRule> identifiers;

    public PatientPseudonyms(KeyedHash hash, List<IdentifierRule> identifiers) {
        this.hash = hash;
        this.identifiers = List.copyOf(identifiers);
    }

    /**
     * The pseudonym of the first rule for which the message has a value, or empty.
     *
     * @param value the message's identifier for a rule, as written; empty if it has none
     */
    public Optional<String> of(Function<IdentifierRule, Optional<String>> value) {
        for (IdentifierRule rule : identifiers) {
            Optional<String> found = value.apply(rule).map(PatientPseudonyms::plain);
            if (found.isPresent() && !found.get().isEmpty()) {
                return Optional.of(of(rule.name(), found.get()));
            }
        }
        return Optional.empty();
    }

    /** The pseudonym of one identifier. */
    public String of(String name, String value) {
        return "p-" + hash.shortHex(name + "|" + plain(value));
    }

    private static String plain(String value) {
        return value.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
    }
}
