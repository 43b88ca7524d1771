package org.knockon.benchmarks.peers;

import org.knockon.benchmarks.harness.OneDataCentre;
import org.knockon.benchmarks.programs.DslJoin;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.Outage;
import org.knockon.schemas.Topics;
import org.knockon.schemas.serde.KnockonSerdes;


import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.postgresql.PGConnection;

/** Loads the newest version of each appointment, then asks who is hit by the outage of everything. */
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

    /** On the same rows again and again; the query alone is timed, the outages having been inserted. */
    OutageRun.Times query(List<String> services, int appointments, int times) throws Exception {
        try (Connection connection = postgres.connect()) {
            load(connection);
            Map<String, Long> expected = Expected.counts(appointments, services);
            List<Double> millis = new ArrayList<>();
            for (int outage = 0; outage < times; outage++) {
                execute(connection, "TRUNCATE outage");
                begin(connection, services);
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
                Consumer<String, byte[]> consumer =
                        new KafkaConsumer<>(client, new StringDeserializer(), new ByteArrayDeserializer())) {
            Deserializer<AppointmentVersion> decoder =
                    serdes.value(Topics.APPOINTMENTS).deserializer();
            List<TopicPartition> all = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    newest.merge(
                            record.key(),
                            decoder.deserialize(topic, record.value()),
                            (old, other) -> other.sequence() >= old.sequence() ? other : old);
                }
            }
        }
        return newest;
    }

    private static void begin(Connection connection, List<String> services) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO outage VALUES (?, ?, ?)")) {
            for (String service : services) {
                insert.setString(1, service);
                insert.setLong(2, OneDataCentre.OPENS + OneDataCentre.MINUTE);
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
            throw new IllegalStateException("PostgreSQL counts " + counts.get(DslJoin.ALL) + " instead of "
                    + expected.get(DslJoin.ALL) + ", or others by service");
        }
        return millis;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
