package org.knockon.impact.model;

import java.util.List;

/**
 * A clinic, list or scanner at one site (FHIR HealthcareService).
 *
 * @param organisation ODS code
 * @param site ODS site code
 * @param siteName name of the site for people; null if unknown. No rule uses it
 * @param specialty NHS treatment function code
 */
public record CareService(
        String serviceId,
        String name,
        String organisation,
        String site,
        String siteName,
        String specialty,
        Category category,
        List<Requirement> requires) {
    public CareService {
        requires = List.copyOf(requires);
    }

    /** A service at a site without a name. */
    public CareService(
            String serviceId,
            String name,
            String organisation,
            String site,
            String specialty,
            Category category,
            List<Requirement> requires) {
        this(serviceId, name, organisation, site, null, specialty, category, requires);
    }
}
