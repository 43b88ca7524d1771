package org.knockon.benchmarks.flink;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The outages given to the compared programs, as changes of a table: key serviceId, value start and end; a tombstone deletes. */
final class OutageRows implements KafkaRecordDeserializationSchema<Row> {

    private static final long serialVersionUID = 1L;

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Row> out) {
        String service = new String(record.key(), StandardCharsets.UTF_8);
        if (record.value() == null) {
            out.collect(Row.ofKind(RowKind.DELETE, service, null, null));
        } else {
            ByteBuffer span = ByteBuffer.wrap(record.value());
            out.collect(Row.ofKind(RowKind.UPDATE_AFTER, service, span.getLong(), span.getLong()));
        }
    }

    @Override
    public TypeInformation<Row> getProducedType() {
        return Types.ROW_NAMED(new String[] {"service", "startedAt", "endedAt"}, Types.STRING, Types.LONG, Types.LONG);
    }
}
