/** What a scenario is, and how it is read from YAML. All instants are epoch milliseconds, all spans milliseconds. */
package org.knockon.producers.scenario;
