/** What the pipeline has published, read from its topics as any consumer would. */
package org.knockon.cli.counts;
