/** Reads YAML so that every complaint names file, line and a way out. Knows nothing of scenarios. */
package org.knockon.producers.yaml;
