package org.knockon.warroom.board;

/**
 * The offsets read from one partition.
 *
 * @param first offset at which reading began: the first one on the broker
 * @param last offset of the last record read; null if there was none
 */
public record OffsetRange(String topic, int partition, long first, Long last) {}
