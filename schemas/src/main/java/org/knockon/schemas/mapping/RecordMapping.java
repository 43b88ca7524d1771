package org.knockon.schemas.mapping;

import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * Converts between a plain record and its Avro form. Both directions are pure functions, and thread-safe.
 *
 * @param <V> plain record
 * @param <A> generated Avro class
 */
public interface RecordMapping<V, A extends SpecificRecord> {

    Class<A> avroType();

    Schema schema();

    /** @throws IllegalArgumentException naming the field whose value the schema cannot represent */
    A toAvro(V value);

    /** @throws IllegalArgumentException naming the field whose value the plain record refuses */
    V fromAvro(A record);
}
