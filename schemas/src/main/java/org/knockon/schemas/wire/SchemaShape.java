package org.knockon.schemas.wire;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * How much work a writer's schema can cause for its reader. Computed once per schema, without recursion, because the
 * schema comes from outside.
 *
 * @param bounded whether the number of bytes limits the cost of reading a record, and {@link #DEEPEST} its nesting.
 *     Data of a recursive schema can nest to any depth, and values that take no bytes can occur in any number
 */
record SchemaShape(boolean bounded) {

    /** Deepest nesting of records, lists and maps, in schemas and in data. Our own schemas nest three levels deep. */
    static final int DEEPEST = 64;

    /** @throws AvroRuntimeException when the schema itself is nested too deep */
    static SchemaShape of(Schema schema) {
        return new SchemaShape(new Walk().isBounded(schema));
    }

    /** A depth-first walk over the graph of types. It enters a type again only on a deeper path than before. */
    private static final class Walk {
        private final Map<Schema, Integer> deepest = new IdentityHashMap<>();
        private final Map<Schema, Boolean> open = new IdentityHashMap<>();
        private final Deque<Frame> path = new ArrayDeque<>();
        private boolean bounded = true;

        boolean isBounded(Schema root) {
            visit(root);
            while (!path.isEmpty()) {
                Frame frame = path.getLast();
                if (frame.next < frame.children.size()) {
                    visit(frame.children.get(frame.next++));
                } else {
                    path.removeLast();
                    open.remove(frame.schema);
                }
            }
            return bounded;
        }

        private void visit(Schema schema) {
            List<Schema> children = children(schema);
            if (children.isEmpty()) {
                bounded &= !takesNoBytes(schema);
                return;
            }
            if (open.containsKey(schema)) {
                bounded = false;
                return;
            }
            int depth = path.size() + 1;
            if (deepest.getOrDefault(schema, 0) >= depth) {
                return;
            }
            if (depth > DEEPEST) {
                throw new AvroRuntimeException("is nested more than " + DEEPEST + " deep");
            }
            deepest.put(schema, depth);
            open.put(schema, true);
            path.addLast(new Frame(schema, children));
        }

        private static boolean takesNoBytes(Schema schema) {
            return switch (schema.getType()) {
                case NULL, RECORD -> true;
                case FIXED -> schema.getFixedSize() == 0;
                default -> false;
            };
        }

        private static List<Schema> children(Schema schema) {
            return switch (schema.getType()) {
                case RECORD ->
                    schema.getFields().stream().map(Schema.Field::schema).toList();
                case ARRAY -> List.of(schema.getElementType());
                case MAP -> List.of(schema.getValueType());
                // The branch's index takes a byte, so every value of a union costs at least one.
                case UNION ->
                    schema.getTypes().stream()
                            .filter(branch -> branch.getType() != Schema.Type.NULL)
                            .toList();
                default -> List.of();
            };
        }
    }

    private static final class Frame {
        private final Schema schema;
        private final List<Schema> children;
        private int next;

        Frame(Schema schema, List<Schema> children) {
            this.schema = schema;
            this.children = children;
        }
    }
}
