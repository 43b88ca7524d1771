/**
 * Turns a scenario into events. The same scenario gives the same events on every Java platform: every random choice
 * comes from a generator seeded with the scenario's seed and the name of the decision, and nothing depends on hash
 * order, the default time zone or the default locale. All instants are epoch milliseconds, all durations milliseconds.
 */
package org.knockon.producers.generate;
