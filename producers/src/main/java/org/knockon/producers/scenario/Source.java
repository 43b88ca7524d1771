package org.knockon.producers.scenario;

/**
 * Where a fact comes from.
 *
 * @param id short mark by which comments in the scenario refer to it
 * @param text citation
 * @param url null when there is none
 */
public record Source(String id, String text, String url) {}
