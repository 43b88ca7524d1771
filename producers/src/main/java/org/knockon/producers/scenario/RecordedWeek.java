package org.knockon.producers.scenario;

import java.time.LocalDate;

/**
 * How many appointments with a slot in these days the hospital records as postponed because of the outage.
 *
 * @param to last day
 * @param outpatient appointments of OUTPATIENT services
 * @param elective procedures: appointments of THEATRE and DAY_CASE services
 */
public record RecordedWeek(LocalDate from, LocalDate to, int outpatient, int elective) {}
