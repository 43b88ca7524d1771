package org.knockon.producers.scenario;

/**
 * A trust.
 *
 * @param code ODS code
 */
public record Organisation(String code, String name) {}
