package org.knockon.schemas.wire;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * Checks how deep a record nests before Avro reads it, with an explicit stack. Avro reads and skips nested values by
 * recursion, so data that nests too deep would end the thread. Needed only for schemas that are not {@link
 * SchemaShape#bounded}.
 */
final class NestingCheck {

    /** Most values per byte of the record. Otherwise a few bytes could claim billions of values that take no bytes. */
    private static final int VALUES_PER_BYTE = 16;

    private final Deque<Frame> path = new ArrayDeque<>();
    private final ByteArrayDecoder in;
    private long valuesLeft;

    private NestingCheck(ByteArrayDecoder in) {
        this.in = in;
        valuesLeft = (long) VALUES_PER_BYTE * (in.remaining() + 1);
    }

    /**
     * Checks one record to its end.
     *
     * @throws AvroRuntimeException when it nests deeper than {@link SchemaShape#DEEPEST}, or the bytes do not match the
     *     schema
     */
    static void check(Schema schema, ByteArrayDecoder in) throws IOException {
        NestingCheck check = new NestingCheck(in);
        check.visit(schema);
        while (!check.path.isEmpty()) {
            check.step(check.path.getLast());
        }
    }

    private void step(Frame frame) throws IOException {
        switch (frame.schema.getType()) {
            case RECORD -> {
                List<Schema.Field> fields = frame.schema.getFields();
                if (frame.next < fields.size()) {
                    visit(fields.get(frame.next++).schema());
                } else {
                    path.removeLast();
                }
            }
            case ARRAY -> {
                if (hasItem(frame)) {
                    visit(frame.schema.getElementType());
                }
            }
            default -> {
                if (hasItem(frame)) {
                    in.skipString();
                    visit(frame.schema.getValueType());
                }
            }
        }
    }

    private boolean hasItem(Frame frame) throws IOException {
        if (frame.items == 0) {
            frame.items = in.arrayNext();
        }
        if (frame.items == 0) {
            path.removeLast();
            return false;
        }
        frame.items--;
        return true;
    }

    private void visit(Schema given) throws IOException {
        if (--valuesLeft < 0) {
            throw new AvroRuntimeException("more values than the bytes can contain");
        }
        Schema schema = given;
        if (schema.getType() == Schema.Type.UNION) {
            List<Schema> branches = schema.getTypes();
            int branch = in.readIndex();
            if (branch < 0 || branch >= branches.size()) {
                throw new AvroRuntimeException("unknown branch of a union");
            }
            schema = branches.get(branch);
        }
        switch (schema.getType()) {
            case RECORD, ARRAY, MAP -> {
                if (path.size() >= SchemaShape.DEEPEST) {
                    throw new AvroRuntimeException("nested more than " + SchemaShape.DEEPEST + " deep");
                }
                path.addLast(new Frame(schema));
            }
            case NULL -> in.readNull();
            case BOOLEAN -> in.readBoolean();
            case INT, ENUM -> in.readInt();
            case LONG -> in.readLong();
            case FLOAT -> in.skipFixed(Float.BYTES);
            case DOUBLE -> in.skipFixed(Double.BYTES);
            case STRING, BYTES -> in.skipString();
            case FIXED -> in.skipFixed(schema.getFixedSize());
            case UNION -> throw new AvroRuntimeException("a union directly in a union");
        }
    }

    private static final class Frame {
        private final Schema schema;
        private int next;
        private long items;

        Frame(Schema schema) {
            this.schema = schema;
        }
    }
}
