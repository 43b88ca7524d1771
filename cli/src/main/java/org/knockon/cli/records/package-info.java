/** {@code knockon produce} and {@code knockon consume}: records as JSON, one per line. */
package org.knockon.cli.records;
