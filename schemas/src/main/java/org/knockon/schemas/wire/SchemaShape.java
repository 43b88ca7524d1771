package org.knockon.schemas.wire;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * What a writer's schema can demand of its reader. Computed once for each schema, without recursion: it comes from outside.
 *
 * @param bounded whether the cost of reading a record is bounded by its number of bytes and its nesting by {@link
 *     #DEEPEST}. A recursive schema nests as deep as the data likes; values that take no bytes can be claimed in any number
 */
record SchemaShape(boolean bounded) {

    /** Deepest nesting of records, lists and maps, in schemas and in data. Our own schemas nest three deep. */
    static final int DEEPEST = 64;

    /** @throws AvroRuntimeException when the schema itself is nested too deep */
    static SchemaShape of(Schema schema) {
        return new SchemaShape(new Walk().isBounded(schema));
    }

    /** Depth-first over the graph of types; each type is entered again only on a deeper path than before. */
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
                // The branch's number takes a byte, so whatever the branch holds costs one.
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
