package org.knockon.schemas.mapping;

import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * Between a plain record and its Avro form. A pure function each way: safe for any number of threads.
 *
 * @param <V> plain record
 * @param <A> generated Avro class
 */
public interface RecordMapping<V, A extends SpecificRecord> {

    Class<A> avroType();

    Schema schema();

    /** @throws IllegalArgumentException naming the field whose value the schema cannot hold */
    A toAvro(V value);

    /** @throws IllegalArgumentException naming the field whose value the plain record refuses */
    V fromAvro(A record);
}
