package org.knockon.schemas.mapping;

import java.time.Instant;
import org.apache.avro.Schema;
import org.knockon.schemas.RefusedMessage;

/** {@code refusals}. */
final class RefusalMapping implements RecordMapping<RefusedMessage, org.knockon.avro.RefusedMessage> {

    @Override
    public Class<org.knockon.avro.RefusedMessage> avroType() {
        return org.knockon.avro.RefusedMessage.class;
    }

    @Override
    public Schema schema() {
        return org.knockon.avro.RefusedMessage.getClassSchema();
    }

    @Override
    public org.knockon.avro.RefusedMessage toAvro(RefusedMessage value) {
        return new org.knockon.avro.RefusedMessage(
                value.feed(),
                value.reason(),
                value.where(),
                value.controlId(),
                value.type(),
                value.bytes(),
                value.digest(),
                Instant.ofEpochMilli(value.receivedAt()));
    }

    @Override
    public RefusedMessage fromAvro(org.knockon.avro.RefusedMessage record) {
        return new RefusedMessage(
                record.getFeed(),
                record.getReason(),
                record.getWhere(),
                record.getControlId(),
                record.getType(),
                record.getBytes(),
                record.getDigest(),
                record.getReceivedAt().toEpochMilli());
    }
}
