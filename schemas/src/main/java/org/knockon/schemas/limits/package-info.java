/**
 * Limits on the fields of the input topics: one table for the pipeline's validation, {@code knockon produce}, the
 * schema docs and docs/topics.md.
 */
package org.knockon.schemas.limits;
