/** Reads YAML and reports every mistake with file, line and a suggestion. Independent of scenarios. */
package org.knockon.producers.yaml;
