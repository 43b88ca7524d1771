package org.knockon.benchmarks.growth;

/**
 * One point of a series.
 *
 * @param appointments there already
 * @param outages open meanwhile; all of them concern the same half of the services, so the share of events they touch is the same
 * @param threads of each instance
 * @param instances JVMs
 */
record GrowthPoint(String name, int appointments, int outages, int threads, int instances) {}
