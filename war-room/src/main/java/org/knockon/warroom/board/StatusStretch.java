package org.knockon.warroom.board;

import org.knockon.impact.model.SystemStatus;

/**
 * A stretch of time in which one monitor reported one status of one system, without a gap longer than {@link
 * StatusHistory#MAX_GAP}. Stretches of different statuses may overlap: a monitor may report another status and return
 * to the first within that time.
 *
 * @param first time of the first observation in the stretch, epoch milliseconds
 * @param last time of the last observation
 */
public record StatusStretch(String monitor, SystemStatus status, long first, long last) {}
