/**
 * What the processors of a task share: names, the time budget of a turn, prompt commits, and the metrics of their
 * work.
 */
package org.knockon.streams.task;
