/** The model of a scenario and its YAML parser. All instants are epoch milliseconds, all durations milliseconds. */
package org.knockon.producers.scenario;
