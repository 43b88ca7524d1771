package org.knockon.health;

/**
 * Response of a health endpoint.
 *
 * @param up 200 if true, otherwise 503
 * @param contentType of the body
 * @param body the reason if it is not up; never data of an event
 */
public record HealthStatus(boolean up, String contentType, String body) {}
