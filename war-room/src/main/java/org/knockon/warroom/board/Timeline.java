package org.knockon.warroom.board;

import java.util.List;

/**
 * What there is to seek in. Instants are event time, epoch milliseconds.
 *
 * @param first first instant that history knows and that may be asked for; null before it knows any
 * @param now event time of the newest state; null before the first event
 * @param exactFrom before it history knows whole hours alone
 * @param bands root causes that were open at some time since counts are remembered, by their beginning; of more than 500 those that
 *     ended last, the open ones before them
 */
public record Timeline(Long first, Long now, long exactFrom, List<Band> bands) {

    /**
     * @param backAt when its own system was back; null before
     * @param to when it and all that follows from it were over; null before
     * @param confirmedAt when it was confirmed, and so when a screen could first show it
     */
    public record Band(
            String outageId, String name, long from, Long backAt, Long to, boolean planned, long confirmedAt) {}
}
