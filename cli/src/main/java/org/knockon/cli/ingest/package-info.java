/** {@code knockon ingest}: messages of a hospital's own systems. */
package org.knockon.cli.ingest;
