package org.knockon.schemas.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;

/** Reads times from JSON: ISO-8601 with an offset. */
public final class TimeText {

    private TimeText() {}

    /**
     * Returns the time, truncated to milliseconds.
     *
     * @param field name of the field, for messages
     * @throws JsonRecordException when the value is not such a time; the message says what to write instead
     */
    public static Instant read(String field, JsonNode json) {
        String must = field + " must be a time such as 2022-07-19T13:00:00Z, but it is ";
        if (!json.isTextual()) {
            String hint = json.isIntegralNumber() ? "; write seconds or milliseconds since 1970 as such a time" : "";
            throw new JsonRecordException(must + JsonToAvro.kind(json) + hint);
        }
        String text = json.textValue();
        try {
            return Instant.ofEpochMilli(OffsetDateTime.parse(text).toInstant().toEpochMilli());
        } catch (DateTimeException | ArithmeticException e) {
            throw new JsonRecordException(must + JsonRecordException.quoted(text) + hint(text), e);
        }
    }

    private static String hint(String text) {
        if (text.contains("T24:")) {
            return "; write 00:00 of the next day";
        }
        try {
            LocalDateTime.parse(text.replace(' ', 'T'));
            return "; the zone is missing: end with Z for UTC, or with an offset such as +01:00"
                    + (text.contains(" ") ? ", and write T between date and time" : "");
        } catch (DateTimeException e) {
            return "";
        }
    }
}
