/**
 * The contract: topics, their schemas and serdes. Other modules see the plain records of
 * {@code org.knockon.impact.model}; Avro stops here.
 */
package org.knockon.schemas;
