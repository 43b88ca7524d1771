package org.knockon.benchmarks.peers;

import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Deserializer;
import org.knockon.benchmarks.harness.OneDataCentre;
import org.knockon.benchmarks.harness.TopicReader;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.Outage;
import org.knockon.schemas.Topics;
import org.knockon.schemas.serde.KnockonSerdes;
import org.postgresql.PGConnection;

/** Loads the newest version of each appointment, then queries how many an outage of everything hits. */
final class PostgresRun {

    private static final String COUNT = """
            SELECT COALESCE(a.service, 'ALL'), COUNT(*)
            FROM appointment a
            JOIN outage o ON o.service = a.service AND a.slot_start < o.ended_at AND o.started_at < a.slot_end
            WHERE a.status = 'BOOKED'
            GROUP BY GROUPING SETS ((a.service), ())
            """;

    private final Postgres postgres;
    private final String topic;
    private final Map<String, Object> client;

    PostgresRun(Postgres postgres, String prefix, Map<String, Object> client) {
        this.postgres = postgres;
        topic = Topics.APPOINTMENTS.name(prefix);
        this.client = client;
    }

    /** Queries the same rows several times. Only the query is timed: the outages have been inserted before. */
    OutageRun.Times query(int appointments, int times) throws Exception {
        try (Connection connection = postgres.connect()) {
            load(connection);
            Map<String, Long> expected = OneDataCentre.booked(appointments);
            List<Double> millis = new ArrayList<>();
            for (int outage = 0; outage < times; outage++) {
                execute(connection, "TRUNCATE outage");
                begin(connection);
                millis.add(timed(connection, expected));
            }
            return new OutageRun.Times(millis.get(0), millis.subList(1, times), expected.size());
        }
    }

    private void load(Connection connection) throws Exception {
        execute(connection, """
                DROP TABLE IF EXISTS appointment, outage;
                CREATE TABLE appointment (id text, service text NOT NULL, status text NOT NULL,
                    slot_start bigint NOT NULL, slot_end bigint NOT NULL);
                CREATE TABLE outage (service text PRIMARY KEY, started_at bigint NOT NULL, ended_at bigint NOT NULL);
                """);
        StringBuilder rows = new StringBuilder();
        for (AppointmentVersion version : newest().values()) {
            rows.append(String.join(
                            "\t",
                            version.appointmentId(),
                            version.serviceId(),
                            version.status().name(),
                            Long.toString(version.slotStart()),
                            Long.toString(version.slotEnd())))
                    .append('\n');
        }
        connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY appointment FROM STDIN", new StringReader(rows.toString()));
        execute(connection, """
                ALTER TABLE appointment ADD PRIMARY KEY (id);
                CREATE INDEX booked ON appointment (service, slot_start) INCLUDE (slot_end) WHERE status = 'BOOKED';
                """);
        execute(connection, "VACUUM ANALYZE appointment");
    }

    private Map<String, AppointmentVersion> newest() {
        Map<String, AppointmentVersion> newest = new HashMap<>();
        try (KnockonSerdes serdes = new KnockonSerdes(client);
                TopicReader reader = TopicReader.committed(client, topic)) {
            Deserializer<AppointmentVersion> deserializer =
                    serdes.value(Topics.APPOINTMENTS).deserializer();
            reader.readToEnd(record -> newest.merge(
                    record.key(),
                    deserializer.deserialize(topic, record.value()),
                    (old, other) -> other.sequence() >= old.sequence() ? other : old));
        }
        return newest;
    }

    private static void begin(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO outage VALUES (?, ?, ?)")) {
            for (String service : OneDataCentre.ALL.serviceIds()) {
                insert.setString(1, service);
                insert.setLong(2, OneDataCentre.OUTAGE_START);
                insert.setLong(3, Outage.OPEN);
                insert.addBatch();
            }
            insert.executeBatch();
        }
        execute(connection, "ANALYZE outage");
    }

    private static double timed(Connection connection, Map<String, Long> expected) throws SQLException {
        Map<String, Long> counts = new HashMap<>();
        long began = System.nanoTime();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(COUNT)) {
            while (rows.next()) {
                counts.put(rows.getString(1), rows.getLong(2));
            }
        }
        double millis = (System.nanoTime() - began) / 1e6;
        if (!counts.equals(expected)) {
            throw new IllegalStateException("PostgreSQL counts " + counts.get(Cell.ALL.key()) + " instead of "
                    + expected.get(Cell.ALL.key()) + ", or others by service");
        }
        return millis;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
