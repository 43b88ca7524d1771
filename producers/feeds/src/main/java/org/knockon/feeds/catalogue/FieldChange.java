package org.knockon.feeds.catalogue;

/**
 * A field that differs.
 *
 * @param field as in the schema; one of {@code requires} with system and capability
 * @param before empty if the field has no value
 * @param after empty if the field has no value
 */
public record FieldChange(String field, String before, String after) {}
