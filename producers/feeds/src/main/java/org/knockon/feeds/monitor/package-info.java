/**
 * Alerts and check results of monitors, mapped to the topic {@code system-health}. Pure: what a monitor said before is a
 * value that goes in and comes out.
 */
package org.knockon.feeds.monitor;
