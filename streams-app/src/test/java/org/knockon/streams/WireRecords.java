package org.knockon.streams;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.knockon.avro.Appointment;
import org.knockon.avro.CareService;
import org.knockon.avro.MonitoredSystem;
import org.knockon.avro.SystemHealth;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;
import org.knockon.schemas.registry.Registry;
import org.knockon.schemas.wire.PlainSchemas;

/** Valid input records as Avro. A test can set single fields to values that the model does not allow. */
final class WireRecords {

    static final String SYSTEM = "subject-system";
    static final String SERVICE = "subject-service";
    /** Part of every event's body: it must never appear in a log. */
    static final String PRIVATE = "body-7f3a9c";

    static final String APPOINTMENT = "subject-appointment";

    private final Registry registry;
    private final String prefix;

    WireRecords(Registry registry, String prefix) {
        this.registry = registry;
        this.prefix = prefix;
    }

    static Schema schema(Topic<?> topic) {
        if (topic == Topics.SYSTEMS) {
            return PlainSchemas.of(MonitoredSystem.getClassSchema());
        } else if (topic == Topics.CARE_SERVICES) {
            return PlainSchemas.of(CareService.getClassSchema());
        } else if (topic == Topics.SYSTEM_HEALTH) {
            return PlainSchemas.of(SystemHealth.getClassSchema());
        }
        return PlainSchemas.of(Appointment.getClassSchema());
    }

    /** A valid record in which every field that has a limit is set. */
    static GenericRecord valid(Topic<?> topic, long time) {
        Schema schema = schema(topic);
        GenericRecord record = new GenericData.Record(schema);
        if (topic == Topics.SYSTEMS) {
            record.put("name", "Subject");
            record.put("organisation", "RJ1");
            record.put("kind", "APPLICATION");
            record.put("dependsOn", new ArrayList<>(List.of("other")));
            record.put("monitoring", record(schema.getField("monitoring").schema(), 120L, 300L, 300L));
            record.put(
                    "standard",
                    record(schema.getField("standard").schema().getTypes().get(1), "99.0", 60));
        } else if (topic == Topics.CARE_SERVICES) {
            record.put("name", "Subject");
            record.put("organisation", "RJ1");
            record.put("site", "RJ121");
            record.put("siteName", "Site");
            record.put("specialty", "320");
            record.put("category", symbol(schema.getField("category").schema(), "OUTPATIENT"));
            record.put("requires", new ArrayList<>(List.of(requirement("other"))));
        } else if (topic == Topics.SYSTEM_HEALTH) {
            record.put("systemId", SYSTEM);
            record.put("status", symbol(schema.getField("status").schema(), "UP"));
            record.put("observedAt", time);
            record.put("monitor", "probe");
            record.put("detail", PRIVATE);
        } else {
            record.put("appointmentId", APPOINTMENT);
            record.put("sequence", 1L);
            record.put("status", symbol(schema.getField("status").schema(), "BOOKED"));
            record.put("serviceId", SERVICE);
            record.put("slotStart", time);
            record.put("slotEnd", time);
            record.put("priority", symbol(schema.getField("priority").schema(), "ROUTINE"));
            record.put("patientRef", PRIVATE);
            record.put("updatedAt", time);
        }
        return record;
    }

    static GenericRecord requirement(String systemId) {
        Schema schema =
                schema(Topics.CARE_SERVICES).getField("requires").schema().getElementType();
        GenericRecord record = new GenericData.Record(schema);
        record.put("systemId", systemId);
        record.put("capability", symbol(schema.getField("capability").schema(), "RECORDS"));
        record.put("toleranceMinutes", 0L);
        return record;
    }

    private static GenericRecord record(Schema schema, Object... values) {
        GenericRecord record = new GenericData.Record(schema);
        for (int i = 0; i < values.length; i++) {
            record.put(i, values[i]);
        }
        return record;
    }

    private static GenericData.EnumSymbol symbol(Schema schema, String name) {
        return new GenericData.EnumSymbol(schema, name);
    }

    /** Sets a field by its path in the table of limits, such as {@code requires[].systemId}. */
    @SuppressWarnings("unchecked") // lists of Avro records or texts, as created above
    static void set(GenericRecord record, String path, Object value) {
        int dot = path.indexOf('.');
        String head = dot < 0 ? path : path.substring(0, dot);
        boolean first = head.endsWith("[]");
        String field = first ? head.substring(0, head.length() - 2) : head;
        if (dot >= 0) {
            Object inner = record.get(field);
            set((GenericRecord) (first ? ((List<Object>) inner).get(0) : inner), path.substring(dot + 1), value);
        } else if (first) {
            ((List<Object>) record.get(field)).set(0, value);
        } else {
            record.put(field, value);
        }
    }

    byte[] bytes(Topic<?> topic, GenericRecord record) {
        int id = registry.register(topic.name(prefix) + "-value", record.getSchema());
        return bytes(id, record);
    }

    static byte[] bytes(int id, GenericRecord record) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.write(ByteBuffer.allocate(5).putInt(1, id).array());
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
            new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
            encoder.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
