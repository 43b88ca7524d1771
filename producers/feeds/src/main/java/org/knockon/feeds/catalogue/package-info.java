/**
 * The catalogue in files: the systems and care services of a hospital, what depends on what, and how that differs from
 * what is published. Without a broker; package {@code topics} reads and writes the topics.
 */
package org.knockon.feeds.catalogue;
