package org.knockon.feeds;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.knockon.sandbox.Sandbox;
import org.knockon.schemas.Topic;
import org.knockon.schemas.admin.TopicAdmin;
import org.knockon.schemas.admin.TopicOptions;
import org.knockon.schemas.reading.CommittedReader;
import org.knockon.schemas.reading.OpenTransactions;
import org.knockon.schemas.serde.KnockonSerdes;

/** Topics of one test on the broker of all tests. */
public record TestTopics(Map<String, Object> client, String prefix) {

    /** Creates them. They keep records however old: the events of the tests are of 2022. */
    public static TestTopics on(Sandbox sandbox, String prefix) {
        Map<String, Object> client = Map.of(
                "bootstrap.servers", sandbox.bootstrapServers(), "schema.registry.url", sandbox.schemaRegistryUrl());
        try (Admin admin = Admin.create(client)) {
            TopicAdmin.create(admin, prefix, TopicOptions.DEFAULT.forReplay());
        }
        return new TestTopics(client, prefix);
    }

    /**
     * Committed records of a topic, with those of transactions that end now: the broker acknowledges a commit a moment
     * before readers see it.
     */
    public List<ConsumerRecord<byte[], byte[]>> records(Topic<?> topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        String name = topic.name(prefix);
        OpenTransactions.awaitEnd(client, name);
        try (CommittedReader reader = new CommittedReader(client, List.of(name))) {
            reader.readToEnd(records::add);
        }
        return records;
    }

    /** Their values. */
    public <V> List<V> values(Topic<V> topic) {
        try (KnockonSerdes serdes = new KnockonSerdes(client)) {
            return records(topic).stream()
                    .map(record -> serdes.value(topic).deserializer().deserialize(record.topic(), record.value()))
                    .toList();
        }
    }
}
