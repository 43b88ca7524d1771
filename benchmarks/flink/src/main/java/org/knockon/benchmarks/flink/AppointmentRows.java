package org.knockon.benchmarks.flink;

import java.util.HashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.flink.api.common.serialization.DeserializationSchema.InitializationContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.schemas.Topics;
import org.knockon.schemas.serde.KnockonSerdes;

/** Appointments as changes of a table: an upsert while one is booked, otherwise a deletion, which holds only the key. */
final class AppointmentRows implements KafkaRecordDeserializationSchema<Row> {

    private static final long serialVersionUID = 1L;

    /** Events read; static because Flink copies this object to its tasks, which run in the same JVM. */
    static final LongAdder READ = new LongAdder();

    private final HashMap<String, Object> client;
    private transient Deserializer<AppointmentVersion> decoder;

    AppointmentRows(HashMap<String, Object> client) {
        this.client = client;
    }

    @Override
    @SuppressWarnings("resource") // lives as long as the JVM
    public void open(InitializationContext context) {
        decoder = new KnockonSerdes(client).value(Topics.APPOINTMENTS).deserializer();
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Row> out) {
        AppointmentVersion version = decoder.deserialize(record.topic(), record.value());
        out.collect(
                version.status() == AppointmentStatus.BOOKED
                        ? Row.ofKind(
                                RowKind.UPDATE_AFTER,
                                version.appointmentId(),
                                version.serviceId(),
                                version.slotStart(),
                                version.slotEnd())
                        : Row.ofKind(RowKind.DELETE, version.appointmentId(), null, null, null));
        READ.increment();
    }

    @Override
    public TypeInformation<Row> getProducedType() {
        return Types.ROW_NAMED(
                new String[] {"id", "service", "slotStart", "slotEnd"},
                Types.STRING,
                Types.STRING,
                Types.LONG,
                Types.LONG);
    }
}
