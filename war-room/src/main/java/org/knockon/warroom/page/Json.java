package org.knockon.warroom.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.time.Instant;
import java.time.ZoneId;
import org.knockon.warroom.report.IncidentReport;

/** The report as JSON: the members of {@link IncidentReport}, instants in ISO-8601, UTC. */
public final class Json {

    private static final ObjectWriter WRITER = JsonMapper.builder()
            .addModule(new SimpleModule()
                    .addSerializer(Instant.class, ToStringSerializer.instance)
                    .addSerializer(ZoneId.class, ToStringSerializer.instance))
            .build()
            .writer();

    private Json() {}

    /** One line, its end included. */
    public static String of(IncidentReport report) {
        return written(report);
    }

    /** Any record of texts, numbers and instants, in the same manner. */
    public static String written(Object records) {
        try {
            return Isolated.plain(WRITER.writeValueAsString(records)) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records of texts and numbers are always JSON", e);
        }
    }
}
