package org.knockon.health;

import java.util.function.Supplier;

/**
 * What a {@link HealthServer} serves. Each is called for every request, by several threads.
 *
 * @param live {@code /health/live}, for a supervisor that restarts the process
 * @param ready {@code /health/ready}, for callers that wait for it
 * @param metrics {@code /metrics}, as Prometheus text
 */
public record HealthEndpoints(Supplier<HealthStatus> live, Supplier<HealthStatus> ready, Supplier<String> metrics) {}
