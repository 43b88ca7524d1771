package org.knockon.schemas.wire;

import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericContainer;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.Encoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/** Writes records of one schema under one id. */
interface RecordWriter {

    int id();

    void write(GenericContainer value, Encoder encoder) throws IOException;

    /** Writes each record in its own schema. */
    static RecordWriter inOwnSchema(int id, Schema schema) {
        DatumWriter<GenericContainer> generic = new GenericDatumWriter<>(schema);
        DatumWriter<GenericContainer> specific = new SpecificDatumWriter<>(schema, SpecificData.getForSchema(schema));
        return new RecordWriter() {
            @Override
            public int id() {
                return id;
            }

            @Override
            public void write(GenericContainer value, Encoder encoder) throws IOException {
                (value instanceof SpecificRecord ? specific : generic).write(value, encoder);
            }
        };
    }
}
