package org.knockon.impact.model;

import java.util.List;

/**
 * A clinic, list or scanner at one site (FHIR HealthcareService).
 *
 * @param organisation ODS code
 * @param site ODS site code
 * @param specialty NHS treatment function code
 */
public record CareService(
        String serviceId,
        String name,
        String organisation,
        String site,
        String specialty,
        Category category,
        List<Requirement> requires) {
    public CareService {
        requires = List.copyOf(requires);
    }
}
