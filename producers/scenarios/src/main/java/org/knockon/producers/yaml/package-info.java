/** Reads YAML, and rows of tables, and reports every mistake with file, line and a suggestion. Independent of scenarios. */
package org.knockon.producers.yaml;
