/** What each field of each input topic may hold: one table for validation, {@code knockon produce}, the schemas' docs and docs/topics.md. */
package org.knockon.schemas.limits;
