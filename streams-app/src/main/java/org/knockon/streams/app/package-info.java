/** Starts and stops the pipeline: settings, health, metrics. */
package org.knockon.streams.app;
