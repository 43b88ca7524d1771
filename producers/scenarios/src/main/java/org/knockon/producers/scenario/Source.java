package org.knockon.producers.scenario;

/**
 * The source of a fact.
 *
 * @param id short mark that comments in the scenario refer to
 * @param text citation
 * @param url null if it has none
 */
public record Source(String id, String text, String url) {}
