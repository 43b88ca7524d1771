package org.knockon.producers.scenario;

import org.knockon.impact.model.CareService;

/**
 * A care service and its part of the appointment book.
 *
 * @param weekly appointments in a week without closed days
 * @param protectedCare goes ahead whatever fails
 */
public record ScenarioService(CareService service, Book book, double weekly, boolean protectedCare) {}
