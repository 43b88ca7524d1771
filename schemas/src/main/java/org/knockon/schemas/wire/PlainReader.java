package org.knockon.schemas.wire;

import java.io.IOException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.Decoder;

/**
 * Reads records of one schema field by field into plain records, without Avro's generated class between. It is used only
 * for records that were written in exactly this schema; all others are resolved by Avro. Stateless, so thread-safe.
 *
 * @param <V> plain record
 */
public abstract class PlainReader<V> implements DatumReader<V> {

    private final Class<V> type;
    private final Schema schema;
    private final String form;

    /** @param schema of the generated class */
    protected PlainReader(Class<V> type, Schema schema) {
        this.type = type;
        this.schema = schema;
        this.form = SchemaNormalization.toParsingForm(schema);
    }

    /**
     * Reads one record.
     *
     * @throws IOException when the bytes end too soon
     * @throws AvroRuntimeException when the bytes are not such a record
     */
    protected abstract V read(Decoder in) throws IOException;

    /** The index of a union of null and one other type: whether the other follows. */
    protected static boolean isPresent(Decoder in) throws IOException {
        int branch = in.readIndex();
        if (branch != 0 && branch != 1) {
            throw new AvroRuntimeException("unknown branch of a union");
        }
        return branch == 1;
    }

    public final Class<V> type() {
        return type;
    }

    public final Schema schema() {
        return schema;
    }

    /** Whether records of this schema have the same bytes as those of ours: same names, types, symbols and order. */
    final boolean reads(Schema writer) {
        return form.equals(SchemaNormalization.toParsingForm(writer));
    }

    @Override
    public final V read(V reuse, Decoder in) throws IOException {
        return read(in);
    }

    @Override
    public final void setSchema(Schema writer) {
        throw new UnsupportedOperationException("the schema is fixed");
    }
}
