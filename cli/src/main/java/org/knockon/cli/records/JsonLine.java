package org.knockon.cli.records;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Parses a line that must be one JSON object. Messages for anything else explain what to write instead. */
final class JsonLine {

    private static final String FORM = "the format is JSON lines, one object {\"key\":..,\"value\":..} per line";
    /** Limits the parser's message, which may quote the line. */
    private static final int MAX_MESSAGE = 100;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private JsonLine() {}

    /** @throws BadRecordException if the line is not exactly one object */
    static ObjectNode parse(String line) throws BadRecordException {
        requireObject(line.strip());
        try (JsonParser parser = JSON.createParser(line)) {
            parser.nextToken();
            ObjectNode record = JSON.readTree(parser);
            requireEnd(parser, line);
            return record;
        } catch (JsonProcessingException e) {
            // The parser gives no location for a number that is too long.
            String where = e.getLocation() == null ? "" : column(e.getLocation().getColumnNr());
            throw new BadRecordException("not valid JSON: " + message(e) + where, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void requireObject(String text) throws BadRecordException {
        if (text.startsWith("{")) {
            return;
        }
        if (text.startsWith("[")) {
            throw new BadRecordException("the line is a list; write each record as an object on its own line");
        }
        if (text.startsWith("//") || text.startsWith("#") || text.startsWith("/*")) {
            throw new BadRecordException("comments are not allowed; remove the line");
        }
        throw new BadRecordException("the line does not begin with {: " + FORM);
    }

    private static void requireEnd(JsonParser parser, String line) throws IOException, BadRecordException {
        int end = Math.toIntExact(parser.currentLocation().getCharOffset());
        String rest = line.substring(end).strip();
        if (rest.equals(",")) {
            throw new BadRecordException("a comma follows the record; write one record per line, without a comma");
        }
        if (rest.startsWith("{")) {
            throw new BadRecordException("a second record follows on the same line; write one record per line");
        }
        if (parser.nextToken() != null || !rest.isEmpty()) {
            throw new BadRecordException("unexpected text after the record" + column(end + 1) + "; " + FORM);
        }
    }

    private static String message(JsonProcessingException e) {
        String message = e.getOriginalMessage().lines().findFirst().orElse("");
        return message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE) + "…";
    }

    private static String column(int column) {
        return " at column " + column;
    }
}
