/**
 * The vocabulary: plain records, no rules. All instants are epoch milliseconds UTC, all spans are milliseconds,
 * all intervals are half open: the start belongs to them, the end does not.
 */
package org.knockon.impact.model;
