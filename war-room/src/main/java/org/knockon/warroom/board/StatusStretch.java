package org.knockon.warroom.board;

import org.knockon.impact.model.SystemStatus;

/**
 * A stretch in which one monitor said the same of one system, never silent for longer than {@link StatusHistory#SAME_STRETCH}. Stretches of
 * different statuses may overlap: a monitor may change its word and change it back within that time.
 *
 * @param first its first observation in the stretch, epoch milliseconds
 * @param last its last
 */
public record StatusStretch(String monitor, SystemStatus status, long first, long last) {}
