package org.knockon.cli.records;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;

/** One JSON object on one line. What else people hand in is refused with what to write instead. */
final class JsonLine {

    private static final String FORM = "the format is JSON lines, one object {\"key\":..,\"value\":..} a line";
    /** Of the parser's words, which may quote the line. */
    private static final int MOST_QUOTED = 100;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private JsonLine() {}

    /** @throws BadRecordException when the line is anything but one object */
    static ObjectNode parse(String line) throws BadRecordException {
        requireObject(line.strip());
        try (JsonParser parser = JSON.createParser(line)) {
            parser.nextToken();
            ObjectNode record = JSON.readTree(parser);
            requireEnd(parser, line);
            return record;
        } catch (JsonProcessingException e) {
            // A number that is too long has no location.
            String where = e.getLocation() == null ? "" : column(e.getLocation().getColumnNr());
            throw new BadRecordException("not valid JSON: " + said(e) + where, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void requireObject(String text) throws BadRecordException {
        if (text.startsWith("{")) {
            return;
        }
        if (text.startsWith("[")) {
            throw new BadRecordException("the line is a list; write each record as an object on a line of its own");
        }
        if (text.startsWith("//") || text.startsWith("#") || text.startsWith("/*")) {
            throw new BadRecordException("a comment is no record; remove the line");
        }
        throw new BadRecordException("the line does not begin with {: " + FORM);
    }

    private static void requireEnd(JsonParser parser, String line) throws IOException, BadRecordException {
        int end = Math.toIntExact(parser.currentLocation().getCharOffset());
        String rest = line.substring(end).strip();
        if (rest.equals(",")) {
            throw new BadRecordException("a comma follows the record; records stand on lines of their own without one");
        }
        if (rest.startsWith("{")) {
            throw new BadRecordException("a second record follows on the same line; write one a line");
        }
        if (parser.nextToken() != null || !rest.isEmpty()) {
            throw new BadRecordException("something follows the record" + column(end + 1) + "; " + FORM);
        }
    }

    private static String said(JsonProcessingException e) {
        String said = e.getOriginalMessage().lines().findFirst().orElse("");
        return said.length() <= MOST_QUOTED ? said : said.substring(0, MOST_QUOTED) + "…";
    }

    private static String column(int column) {
        return " at column " + column;
    }
}
