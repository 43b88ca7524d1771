package org.knockon.schemas.mapping;

import java.time.Instant;
import org.apache.avro.Schema;
import org.knockon.avro.InputProgress;
import org.knockon.schemas.PartitionProgress;

/** {@code input-progress}. */
final class ProgressMapping implements RecordMapping<PartitionProgress, InputProgress> {

    @Override
    public Class<InputProgress> avroType() {
        return InputProgress.class;
    }

    @Override
    public Schema schema() {
        return InputProgress.getClassSchema();
    }

    @Override
    public InputProgress toAvro(PartitionProgress value) {
        return new InputProgress(
                value.topic(),
                value.partition(),
                value.position(),
                value.end(),
                TimeUnits.instant(value.latestEventAt()),
                Instant.ofEpochMilli(value.reportedAt()));
    }

    @Override
    public PartitionProgress fromAvro(InputProgress record) {
        return new PartitionProgress(
                record.getTopic(),
                record.getPartition(),
                record.getPosition(),
                record.getEnd(),
                TimeUnits.millis(record.getLatestEventAt()),
                record.getReportedAt().toEpochMilli());
    }
}
