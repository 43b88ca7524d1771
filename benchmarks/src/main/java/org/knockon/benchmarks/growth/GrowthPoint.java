package org.knockon.benchmarks.growth;

/**
 * One point of a series.
 *
 * @param appointments already stored
 * @param outages open; all of them concern the same half of the services, so that they always affect the same share of events
 * @param threads of each instance
 * @param instances JVMs
 */
record GrowthPoint(String name, int appointments, int outages, int threads, int instances) {}
