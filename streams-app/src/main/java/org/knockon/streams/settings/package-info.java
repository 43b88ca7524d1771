/** Parameters of the topology. How the process runs, and how settings are read from text, is in the package app. */
package org.knockon.streams.settings;
