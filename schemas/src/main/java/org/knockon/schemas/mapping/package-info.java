/** Converts between Avro records and the plain records of {@code org.knockon.impact.model}. */
package org.knockon.schemas.mapping;
