package org.knockon.producers.scenario;

import java.time.LocalDate;

/**
 * Number of appointments, with a slot on these days, that the hospital records as postponed because of the outage.
 *
 * @param to last day, inclusive
 * @param outpatient appointments of OUTPATIENT services
 * @param elective procedures: appointments of THEATRE and DAY_CASE services
 */
public record RecordedWeek(LocalDate from, LocalDate to, int outpatient, int elective) {}
