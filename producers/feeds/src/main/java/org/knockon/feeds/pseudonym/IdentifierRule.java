package org.knockon.feeds.pseudonym;

import java.util.List;

/**
 * One kind of patient identifier and how each sort of sender writes it.
 *
 * @param name part of what is hashed, so that the same number gives the same pseudonym from every sender
 * @param hl7 assigning authorities (PID-3.4.1), or {@code type:} and an identifier type (PID-3.5)
 * @param fhir values of {@code identifier.system}
 * @param any takes the first identifier of whatever authority
 */
public record IdentifierRule(String name, List<String> hl7, List<String> fhir, boolean any) {

    public IdentifierRule {
        hl7 = List.copyOf(hl7);
        fhir = List.copyOf(fhir);
    }
}
