/**
 * Turns a scenario into events. The same scenario gives the same events on every Java platform: every choice comes from a
 * generator of random numbers seeded with the scenario's seed and the name of the thing decided about, and nothing depends on
 * hashing order, default zone or default locale. All instants are epoch milliseconds, all spans milliseconds.
 */
package org.knockon.producers.generate;
