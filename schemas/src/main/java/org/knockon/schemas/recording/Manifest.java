package org.knockon.schemas.recording;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.knockon.schemas.reading.ReadableRange;

/**
 * What a recording holds. Times have milliseconds.
 *
 * @param id a random id, which no other recording has: letters, digits and dashes
 * @param program the program that recorded, with its version
 * @param prefix what the names of the recorded topics start with
 * @param from events before this were left out; empty for all
 * @param until events from then on were left out; empty for none
 * @param partitions the recorded partitions as they were at the start
 */
public record Manifest(
        String id,
        String program,
        Instant recordedAt,
        String prefix,
        Optional<Instant> from,
        Optional<Instant> until,
        List<ReadableRange> partitions) {

    public Manifest {
        partitions = List.copyOf(partitions);
    }
}
