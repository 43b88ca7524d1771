package org.knockon.benchmarks.flink;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.api.bridge.java.StreamStatementSet;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.types.Row;
import org.knockon.benchmarks.harness.GroupOffsets;
import org.knockon.benchmarks.harness.Stopwatch;
import org.knockon.schemas.Topics;

/**
 * Booked appointments joined with open outages in Flink SQL, counted by service and in all, in a mini cluster in this JVM, with an
 * exactly-once sink. Tuned: mini-batches, reused objects, appointments that are not booked deleted on input, incremental checkpoints,
 * buffers that wait 5 ms, half a GiB for RocksDB.
 *
 * <p>It does less than Knock-on: arrival order instead of versions, appointments at risk only, no catalogue.
 */
public final class FlinkPeer {

    private FlinkPeer() {}

    /**
     * Arguments: state backend, brokers, registry, prefix, group, topic of outages, topic of counts, checkpoint interval in ms, events.
     * Prints the lap as one line of JSON. With 0 events it runs until its standard input ends.
     */
    public static void main(String[] arguments) throws Exception {
        Map<String, Object> client = Map.of("bootstrap.servers", arguments[1], "schema.registry.url", arguments[2]);
        String appointments = Topics.APPOINTMENTS.name(arguments[3]);
        String group = arguments[4];
        long events = Long.parseLong(arguments[8]);
        StreamExecutionEnvironment cluster = StreamExecutionEnvironment.getExecutionEnvironment(
                settings(arguments[0], arguments[7], events > 0, Files.createTempDirectory("knockon-bench")));
        StreamTableEnvironment tables = StreamTableEnvironment.create(cluster);
        sources(cluster, tables, client, appointments, arguments[5], group);
        TableResult job = start(tables, arguments[1], arguments[6], group);
        exitWhenItFails(job);
        if (events > 0) {
            try (GroupOffsets offsets = new GroupOffsets(client, group, appointments)) {
                System.out.println(new ObjectMapper()
                        .writeValueAsString(
                                Stopwatch.time(events, AppointmentRows.READ::sum, offsets::isCommitted)));
            }
        } else {
            System.in.transferTo(OutputStream.nullOutputStream());
        }
        System.exit(0);
    }

    private static Configuration settings(String backend, String checkpointMillis, boolean throughput, Path folder) {
        Map<String, String> settings = new HashMap<>();
        settings.put("parallelism.default", "2");
        settings.put("taskmanager.numberOfTaskSlots", "2");
        settings.put("restart-strategy.type", "none");
        settings.put("pipeline.object-reuse", "true");
        settings.put("execution.buffer-timeout.interval", "5 ms");
        settings.put("execution.checkpointing.interval", checkpointMillis + " ms");
        settings.put("execution.checkpointing.mode", "EXACTLY_ONCE");
        settings.put("execution.checkpointing.incremental", "true");
        settings.put("execution.checkpointing.storage", "filesystem");
        settings.put(
                "execution.checkpointing.dir",
                folder.resolve("checkpoints").toUri().toString());
        settings.put("state.backend.type", backend);
        settings.put("state.backend.rocksdb.localdir", folder.resolve("rocksdb").toString());
        settings.put("taskmanager.memory.managed.size", "512m");
        settings.put("taskmanager.memory.network.min", "128m");
        settings.put("taskmanager.memory.network.max", "128m");
        settings.put("table.exec.mini-batch.enabled", "true");
        // With a second between checkpoints, shorter batches would cost time and show nothing.
        settings.put("table.exec.mini-batch.allow-latency", throughput ? "500 ms" : "20 ms");
        settings.put("table.exec.mini-batch.size", "5000");
        // The sinks have the keys of the counts, so no reordering is needed.
        settings.put("table.exec.sink.upsert-materialize", "NONE");
        return Configuration.fromMap(settings);
    }

    private static void sources(
            StreamExecutionEnvironment cluster,
            StreamTableEnvironment tables,
            Map<String, Object> client,
            String appointments,
            String outages,
            String group) {
        String brokers = client.get("bootstrap.servers").toString();
        tables.createTemporaryView(
                "booked",
                tables.fromChangelogStream(
                        rows(cluster, brokers, group, appointments, new AppointmentRows(new HashMap<>(client))),
                        Schema.newBuilder()
                                .column("id", DataTypes.STRING().notNull())
                                .column("service", DataTypes.STRING())
                                .column("slotStart", DataTypes.BIGINT())
                                .column("slotEnd", DataTypes.BIGINT())
                                .primaryKey("id")
                                .build(),
                        ChangelogMode.upsert()));
        tables.createTemporaryView(
                "outages",
                tables.fromChangelogStream(
                        rows(cluster, brokers, group, outages, new OutageRows()),
                        Schema.newBuilder()
                                .column("service", DataTypes.STRING().notNull())
                                .column("startedAt", DataTypes.BIGINT())
                                .column("endedAt", DataTypes.BIGINT())
                                .primaryKey("service")
                                .build(),
                        ChangelogMode.upsert()));
    }

    private static DataStream<Row> rows(
            StreamExecutionEnvironment cluster,
            String brokers,
            String group,
            String topic,
            KafkaRecordDeserializationSchema<Row> schema) {
        KafkaSource<Row> source = KafkaSource.<Row>builder()
                .setBootstrapServers(brokers)
                .setTopics(topic)
                .setGroupId(group)
                .setClientIdPrefix(topic)
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setDeserializer(schema)
                .setProperty("max.poll.records", "2000")
                .build();
        return cluster.fromSource(source, WatermarkStrategy.noWatermarks(), topic);
    }

    private static TableResult start(StreamTableEnvironment tables, String brokers, String counts, String group) {
        tables.executeSql("CREATE TEMPORARY VIEW by_service AS SELECT b.service AS cell, COUNT(*) AS hit"
                + " FROM booked b JOIN outages o"
                + " ON b.service = o.service AND b.slotStart < o.endedAt AND o.startedAt < b.slotEnd"
                + " GROUP BY b.service");
        sink(tables, "counts_by_service", brokers, counts, group);
        sink(tables, "count_of_all", brokers, counts, group);
        StreamStatementSet both = tables.createStatementSet();
        both.addInsertSql("INSERT INTO counts_by_service SELECT cell, hit FROM by_service");
        both.addInsertSql("INSERT INTO count_of_all"
                + " SELECT 'ALL' AS cell, COALESCE(SUM(hit), CAST(0 AS BIGINT)) AS hit FROM by_service");
        return both.execute();
    }

    private static void sink(StreamTableEnvironment tables, String name, String brokers, String counts, String group) {
        tables.executeSql("CREATE TEMPORARY TABLE " + name
                + " (cell STRING, hit BIGINT, PRIMARY KEY (cell) NOT ENFORCED) WITH ("
                + "'connector' = 'upsert-kafka', 'topic' = '" + counts + "',"
                + "'properties.bootstrap.servers' = '" + brokers + "',"
                + "'properties.transaction.timeout.ms' = '60000', 'properties.linger.ms' = '20',"
                + "'properties.batch.size' = '262144', 'properties.compression.type' = 'lz4',"
                + "'key.format' = 'raw', 'value.format' = 'raw', 'value.fields-include' = 'EXCEPT_KEY',"
                + "'sink.delivery-guarantee' = 'exactly-once',"
                + "'sink.transactional-id-prefix' = '" + group + "." + name + "')");
    }

    private static void exitWhenItFails(TableResult job) {
        Thread watch = new Thread(() -> {
            try {
                job.await();
                System.err.println("the job ended by itself");
            } catch (InterruptedException | ExecutionException e) {
                System.err.println("the job failed: " + e);
            }
            System.exit(1);
        });
        watch.setDaemon(true);
        watch.start();
    }
}
