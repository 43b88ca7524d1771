package org.knockon.feeds.settings;

import java.util.List;
import org.knockon.feeds.pseudonym.IdentifierRule;
import org.knockon.feeds.pseudonym.KeyedHash;
import org.knockon.feeds.pseudonym.PatientPseudonyms;

/** How patients get their pseudonyms. */
public record PseudonymSettings(KeyedHash hash, List<IdentifierRule> identifiers) {

    public PseudonymSettings {
        identifiers = List.copyOf(identifiers);
    }

    public PatientPseudonyms patients() {
        return new PatientPseudonyms(hash, identifiers);
    }
}
