package org.knockon.producers.scenario;

import org.knockon.impact.model.CareService;

/**
 * A care service and its share of the appointment book.
 *
 * @param weekly appointments in a week without closed days
 * @param protectedCare whether it goes ahead during every outage
 */
public record ScenarioService(CareService service, Book book, double weekly, boolean protectedCare) {}
