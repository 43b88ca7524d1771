package org.knockon.schemas.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericContainer;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/** Writes records of one schema under one id. Thread-safe. */
sealed interface RecordWriter {

    int id();

    void write(GenericContainer value, Encoder encoder) throws IOException;

    /** Writes in the record's own schema. */
    record InOwnSchema(int id, DatumWriter<GenericContainer> generic, DatumWriter<GenericContainer> specific)
            implements RecordWriter {

        InOwnSchema(int id, Schema schema) {
            this(
                    id,
                    new GenericDatumWriter<>(schema),
                    new SpecificDatumWriter<>(schema, SpecificData.getForSchema(schema)));
        }

        @Override
        public void write(GenericContainer value, Encoder encoder) throws IOException {
            (value instanceof SpecificRecord ? specific : generic).write(value, encoder);
        }
    }

    /**
     * Writes in another schema, one that can read the record's own. Encodes in the record's schema first and then
     * resolves: the two may order their fields differently, and Avro's writer uses the order alone.
     */
    record InOtherSchema(int id, InOwnSchema own, Schema from, Schema to) implements RecordWriter {

        InOtherSchema(int id, Schema from, Schema to) {
            this(id, new InOwnSchema(id, from), from, to);
        }

        @Override
        public void write(GenericContainer value, Encoder encoder) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            BinaryEncoder first = EncoderFactory.get().binaryEncoder(bytes, null);
            own.write(value, first);
            first.flush();
            Object resolved = new GenericDatumReader<>(from, to)
                    .read(null, DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null));
            new GenericDatumWriter<>(to).write(resolved, encoder);
        }
    }
}
