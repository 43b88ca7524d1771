package org.knockon.producers.scenario;

/**
 * A hospital.
 *
 * @param code ODS site code
 * @param key short word that replaces {@code {site}} in templates
 * @param organisation ODS code
 */
public record Site(String code, String key, String name, String organisation) {}
