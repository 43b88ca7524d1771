package org.knockon.warroom.page;

/**
 * One row of a breakdown.
 *
 * @param value as in the cell's key: a category, a treatment function code, or day/category. Empty where the catalogue
 *     does not name the care service
 */
public record BreakdownRow(String value, Figures figures) {}
