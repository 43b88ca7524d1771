/**
 * The contract: topics, their schemas and serdes. Other modules see only the plain records of
 * {@code org.knockon.impact.model}; no module but this one uses Avro.
 */
package org.knockon.schemas;
