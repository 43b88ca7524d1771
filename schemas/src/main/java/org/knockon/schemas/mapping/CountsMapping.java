package org.knockon.schemas.mapping;

import java.time.Instant;
import org.apache.avro.Schema;
import org.knockon.avro.ImpactCount;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.Dimension;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.schemas.CellCounts;

/**
 * {@code impact-counts} and {@code impact-history}. The sums, postponed and outstanding, are written for other
 * consumers; a record whose sums contradict its other counts is refused.
 */
final class CountsMapping implements RecordMapping<CellCounts, ImpactCount> {

    private static final EnumMapping<Dimension, org.knockon.avro.Dimension> DIMENSION =
            new EnumMapping<>(Dimension.class, org.knockon.avro.Dimension.class);

    @Override
    public Class<ImpactCount> avroType() {
        return ImpactCount.class;
    }

    @Override
    public Schema schema() {
        return ImpactCount.getClassSchema();
    }

    @Override
    public ImpactCount toAvro(CellCounts value) {
        ImpactCounts counts = value.counts();
        return new ImpactCount(
                DIMENSION.toAvro(value.cell().dimension()),
                value.cell().value(),
                counts.atRisk(),
                counts.unconfirmed(),
                counts.deliveredInDowntime(),
                counts.awaitingDate(),
                counts.rebooked(),
                counts.recovered(),
                counts.abandoned(),
                counts.postponed(),
                counts.outstanding(),
                counts.delayMinutes(),
                Instant.ofEpochMilli(value.asOf()));
    }

    @Override
    public CellCounts fromAvro(ImpactCount record) {
        ImpactCounts counts = new ImpactCounts(
                record.getAtRisk(),
                record.getUnconfirmed(),
                record.getDeliveredInDowntime(),
                record.getAwaitingDate(),
                record.getRebooked(),
                record.getRecovered(),
                record.getAbandoned(),
                record.getDelayMinutes());
        requireSum("postponed", counts.postponed(), record.getPostponed());
        requireSum("outstanding", counts.outstanding(), record.getOutstanding());
        return new CellCounts(
                new Cell(DIMENSION.toCore(record.getDimension()), record.getValue()),
                counts,
                record.getAsOf().toEpochMilli());
    }

    private static void requireSum(String field, long sum, long found) {
        if (sum != found) {
            throw new IllegalArgumentException(
                    field + " must be " + sum + ", the sum of its states, but it is " + found);
        }
    }
}
