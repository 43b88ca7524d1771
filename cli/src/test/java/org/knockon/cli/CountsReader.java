package org.knockon.cli;

import org.knockon.schemas.CellCounts;
import org.knockon.schemas.Topics;
import org.knockon.schemas.serde.KnockonSerdes;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/** The Java example of docs/consume.md, which quotes what stands between the two marks. */
final class CountsReader {

    private CountsReader() {}

    // example
    static void read(String brokers, String registry, PrintWriter out, BooleanSupplier running) {
        Map<String, Object> config = Map.of(
                "bootstrap.servers", brokers,
                "schema.registry.url", registry,
                "group.id", "counts-board-java",
                "auto.offset.reset", "earliest",
                "isolation.level", "read_committed");
        try (KnockonSerdes serdes = new KnockonSerdes(config);
                Consumer<String, CellCounts> consumer = new KafkaConsumer<>(
                        config,
                        serdes.key().deserializer(),
                        serdes.value(Topics.IMPACT_COUNTS).deserializer())) {
            consumer.subscribe(List.of(Topics.IMPACT_COUNTS.name(Topics.DEFAULT_PREFIX)));
            while (running.getAsBoolean()) {
                for (ConsumerRecord<String, CellCounts> record : consumer.poll(Duration.ofMillis(200))) {
                    out.println(record.key() + " " + text(record.value()));
                }
            }
        }
    }

    private static String text(CellCounts value) {
        return value == null
                ? "removed"
                : "postponed " + value.counts().postponed() + ", not recorded yet "
                        + value.counts().unconfirmed() + ", as of " + Instant.ofEpochMilli(value.asOf());
    }
    // end of example
}
