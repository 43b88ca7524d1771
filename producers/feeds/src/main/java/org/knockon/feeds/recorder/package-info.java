/** Records the input topics in a file that a replay can play. */
package org.knockon.feeds.recorder;
