import kafkajs from 'kafkajs';
import lz4 from 'lz4js';
import registryClient from '@confluentinc/schemaregistry';

const { Kafka, CompressionCodecs, CompressionTypes, logLevel } = kafkajs;
const { SchemaRegistryClient, AvroDeserializer, SerdeType } = registryClient;

// Knock-on compresses with lz4; kafkajs itself knows gzip alone.
CompressionCodecs[CompressionTypes.LZ4] = () => ({
  compress: async (encoder) => Buffer.from(lz4.compress(encoder.buffer)),
  decompress: async (bytes) => Buffer.from(lz4.decompress(bytes)),
});

const [brokers = 'localhost:9092', registry = 'http://localhost:8081', prefix = 'knockon.'] = process.argv.slice(2);
const topic = `${prefix}impact-counts`;
const values = new AvroDeserializer(new SchemaRegistryClient({ baseURLs: [registry] }), SerdeType.VALUE, {});
const kafka = new Kafka({ brokers: brokers.split(','), clientId: 'counts-board', logLevel: logLevel.WARN });
// readUncommitted: false is isolation.level=read_committed
const consumer = kafka.consumer({ groupId: 'counts-board', readUncommitted: false });

await consumer.connect();
await consumer.subscribe({ topic, fromBeginning: true });
await consumer.run({
  eachMessage: async ({ message }) => {
    const key = message.key.toString();
    if (message.value === null) {
      console.log(`${key} removed`);
      return;
    }
    const c = await values.deserialize(topic, message.value);
    console.log(
      `${key} postponed ${c.postponed} (no new date ${c.awaitingDate}, new date ${c.rebooked}, seen since ${c.recovered},` +
        ` given up ${c.abandoned}), not recorded yet ${c.unconfirmed}, as of ${new Date(c.asOf).toISOString()}`,
    );
  },
});
process.once('SIGINT', () => consumer.disconnect());
process.once('SIGTERM', () => consumer.disconnect());
