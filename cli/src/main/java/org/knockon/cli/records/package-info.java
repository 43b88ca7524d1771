/** {@code knockon produce} and {@code knockon consume}: records as JSON, one a line. */
package org.knockon.cli.records;
