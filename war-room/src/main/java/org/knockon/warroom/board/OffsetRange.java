package org.knockon.warroom.board;

/**
 * What was read of one partition.
 *
 * @param first offset at which reading began: the first that the broker held
 * @param last offset of the last record that was read; null when there was none
 */
public record OffsetRange(String topic, int partition, long first, Long last) {}
