/** Starts and stops the pipeline: settings, health and metrics. */
package org.knockon.streams.app;
