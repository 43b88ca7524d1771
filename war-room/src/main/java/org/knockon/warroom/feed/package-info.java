/** Keeps a board by reading the topics, and tells how far the pipeline is behind. */
package org.knockon.warroom.feed;
