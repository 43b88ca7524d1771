/**
 * The vocabulary: plain records, no rules. All instants are epoch milliseconds UTC, all durations are milliseconds, and
 * all intervals are half open: they include the start and exclude the end.
 */
package org.knockon.impact.model;
