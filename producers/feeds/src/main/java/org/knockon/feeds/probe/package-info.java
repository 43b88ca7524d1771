/**
 * Looks at systems that nothing else monitors. The schedule and the observations are pure; only the lookers open
 * connections.
 */
package org.knockon.feeds.probe;
