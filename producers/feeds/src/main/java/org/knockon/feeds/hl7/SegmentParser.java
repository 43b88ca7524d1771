package org.knockon.feeds.hl7;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.HapiContext;
import ca.uhn.hl7v2.model.Group;
import ca.uhn.hl7v2.model.Message;
import ca.uhn.hl7v2.model.Segment;
import ca.uhn.hl7v2.model.Structure;
import ca.uhn.hl7v2.parser.CanonicalModelClassFactory;
import ca.uhn.hl7v2.parser.EncodingCharacters;
import ca.uhn.hl7v2.parser.Escaping;
import ca.uhn.hl7v2.parser.PipeParser;
import ca.uhn.hl7v2.validation.impl.ValidationContextFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** HAPI's parser, set up once for all feeds. Thread-safe; the messages that it makes are not and live only here. */
final class SegmentParser {
    /** All versions are read as this one: the fields that count are the same in all. */
    static final String VERSION = "2.5.1";

    private static final PipeParser PARSER = parser();

    static {
        // The parser keeps what it knows of a structure in a map that is not made for many threads: filled once, here.
        parse(
                "MSH|^~\\&|||||||SIU^S12^SIU_S12|1|P|" + VERSION
                        + "\rSCH|1\rPID|1\rRGS|1\rAIS|1\rAIG|1\rAIL|1\rAIP|1\r",
                Separators.STANDARD);
    }

    private SegmentParser() {}

    /** The segments by name, or empty if the parser cannot read the text. */
    static Optional<Segments> parse(String text, Separators separators) {
        try {
            Map<String, List<Segment>> byName = new LinkedHashMap<>();
            Message message = PARSER.parse(text);
            collect(message, byName);
            return Optional.of(new Segments(byName, separators));
        } catch (HL7Exception | RuntimeException e) {
            // Not logged: the parser quotes the message. It throws unchecked exceptions for some broken texts.
            return Optional.empty();
        }
    }

    private static void collect(Group group, Map<String, List<Segment>> byName) throws HL7Exception {
        for (String name : group.getNames()) {
            for (Structure structure : group.getAll(name)) {
                if (structure instanceof Group inner) {
                    collect(inner, byName);
                } else if (structure instanceof Segment segment) {
                    byName.computeIfAbsent(segment.getName(), any -> new ArrayList<>())
                            .add(segment);
                }
            }
        }
    }

    private static PipeParser parser() {
        HapiContext context = new DefaultHapiContext(new CanonicalModelClassFactory(VERSION));
        context.setValidationContext(ValidationContextFactory.noValidation());
        context.getParserConfiguration().setValidating(false);
        // HAPI does not know \Xhh\: escapes stay as they are until a component is read.
        context.getParserConfiguration().setEscaping(new Untouched());
        return context.getPipeParser();
    }

    private static final class Untouched implements Escaping {
        @Override
        public String escape(String text, EncodingCharacters characters) {
            return text;
        }

        @Override
        public String unescape(String text, EncodingCharacters characters) {
            return text;
        }
    }
}
