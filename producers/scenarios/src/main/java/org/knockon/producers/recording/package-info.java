/** Plays the file of a recording as a replay. */
package org.knockon.producers.recording;
