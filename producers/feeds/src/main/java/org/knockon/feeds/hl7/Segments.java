package org.knockon.feeds.hl7;

import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.model.Segment;
import ca.uhn.hl7v2.model.Type;
import ca.uhn.hl7v2.util.Terser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads fields by the name of their segment, wherever in the message it is. Texts come decoded. */
final class Segments {
    /** What a sender writes to empty a field, unlike one that it leaves out. */
    static final String NULL = "\"\"";

    private final Map<String, List<Segment>> byName;
    private final Separators separators;

    Segments(Map<String, List<Segment>> byName, Separators separators) {
        this.byName = byName;
        this.separators = separators;
    }

    List<Segment> all(String name) {
        return byName.getOrDefault(name, List.of());
    }

    /** The first text that is there, or empty. {@code ""} and blanks are not there. */
    Optional<String> first(FieldRef ref) {
        return texts(ref).findFirst();
    }

    Optional<String> first(String ref) {
        return first(FieldRef.parse(ref));
    }

    /** All texts of a component, in the order of segments and repetitions. */
    Stream<String> texts(FieldRef ref) {
        return all(ref.segment()).stream().flatMap(segment -> texts(segment, ref.field(), ref.component()).stream());
    }

    /** The texts of a component of one segment, one for each repetition that has it. */
    List<String> texts(Segment segment, int field, int component) {
        return repetitions(segment, field).stream()
                .map(type -> text(type, component))
                .filter(Segments::isThere)
                .toList();
    }

    /** The whole text of each repetition of a field in all such segments, with the usual separators. */
    List<String> whole(String name, int field) {
        return all(name).stream()
                .flatMap(segment -> repetitions(segment, field).stream())
                .map(this::whole)
                .filter(Segments::isThere)
                .toList();
    }

    /** Whether a sender empties the component, or the whole field, with {@code ""}. */
    boolean emptied(String ref) {
        FieldRef field = FieldRef.parse(ref);
        return all(field.segment()).stream()
                .flatMap(segment -> repetitions(segment, field.field()).stream())
                .anyMatch(type -> NULL.equals(text(type, field.component())) || NULL.equals(raw(type)));
    }

    List<Type> repetitions(Segment segment, int field) {
        try {
            return field > segment.numFields() ? List.of() : Arrays.asList(segment.getField(field));
        } catch (HL7Exception e) {
            return List.of();
        }
    }

    /** One component in full: a separator of subcomponents inside it, as in {@code Ear & Nose}, is part of its text. */
    String text(Type type, int component) {
        if (component > Terser.numComponents(type)) {
            return "";
        }
        return Escapes.decode(parts(type, component, String.valueOf(separators.subcomponent())), separators);
    }

    /** The first subcomponent of a component. */
    String firstPart(Type type, int component) {
        return component > Terser.numComponents(type)
                ? ""
                : Escapes.decode(
                        Optional.ofNullable(
                                        Terser.getPrimitive(type, component, 1).getValue())
                                .orElse(""),
                        separators);
    }

    private String whole(Type type) {
        List<String> components = new ArrayList<>();
        for (int i = 1; i <= Terser.numComponents(type); i++) {
            String text = Escapes.decode(parts(type, i, "&"), separators);
            components.add(NULL.equals(text) ? "" : text);
        }
        return trimEnd(components).stream().collect(Collectors.joining("^"));
    }

    private String raw(Type type) {
        return trimEnd(IntStream.rangeClosed(1, Terser.numComponents(type))
                        .mapToObj(i -> parts(type, i, "&"))
                        .toList())
                .stream()
                .collect(Collectors.joining("^"));
    }

    private static String parts(Type type, int component, String separator) {
        List<String> parts = new ArrayList<>();
        for (int i = 1; i <= Terser.numSubComponents(type, component); i++) {
            String value = Terser.getPrimitive(type, component, i).getValue();
            parts.add(value == null ? "" : value);
        }
        return String.join(separator, trimEnd(parts));
    }

    private static List<String> trimEnd(List<String> parts) {
        int size = parts.size();
        while (size > 0 && parts.get(size - 1).isEmpty()) {
            size--;
        }
        return parts.subList(0, size);
    }

    private static boolean isThere(String text) {
        return !text.isBlank() && !NULL.equals(text);
    }

    /** Without the content, which must not appear in a log or a message. */
    @Override
    public String toString() {
        return "Segments" + byName.keySet();
    }
}
