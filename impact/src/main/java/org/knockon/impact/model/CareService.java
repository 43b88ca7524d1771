package org.knockon.impact.model;

import java.util.List;

/**
 * A clinic, list or scanner at one site (FHIR HealthcareService).
 *
 * @param organisation ODS code
 * @param site ODS site code
 * @param siteName what people call the site; null when nobody said, and where only rules are applied, for none needs it
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

    /** At a site whose name nobody said. */
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
