/** The war room's numbers for Prometheus. */
package org.knockon.warroom.metrics;
