package org.knockon.warroom.board;

import java.util.List;

/**
 * The range for seeking. Instants are event time in epoch milliseconds.
 *
 * @param first first instant of the history that may be requested; null while there is none
 * @param now event time of the newest state; null before the first event
 * @param exactFrom before this instant the history has only whole hours
 * @param bands root causes that were open at some time within the history, sorted by start. If there are more than 500,
 *     open ones and then those that ended last
 */
public record Timeline(Long first, Long now, long exactFrom, List<Band> bands) {

    /**
     * @param backAt when its own system was back; null before
     * @param to when it and all its dependents were back; null before
     * @param confirmedAt when it was confirmed, which is when a screen could first show it
     */
    public record Band(
            String outageId, String name, long from, Long backAt, Long to, boolean planned, long confirmedAt) {}
}
