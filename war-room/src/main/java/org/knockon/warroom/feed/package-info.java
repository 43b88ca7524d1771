/** Keeps a board up to date from the topics, and reports how far the pipeline is behind. */
package org.knockon.warroom.feed;
