package org.knockon.warroom.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.time.Instant;
import java.time.ZoneId;

/** Records of texts, numbers and instants as JSON; instants in ISO-8601, UTC. */
public final class Json {

    private static final ObjectWriter WRITER = JsonMapper.builder()
            .addModule(new SimpleModule()
                    .addSerializer(Instant.class, ToStringSerializer.instance)
                    .addSerializer(ZoneId.class, ToStringSerializer.instance))
            .build()
            .writer();

    private Json() {}

    /** One line with its line separator. */
    public static String of(Object value) {
        try {
            return Isolated.plain(WRITER.writeValueAsString(value)) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records of texts and numbers can always be written as JSON", e);
        }
    }
}
