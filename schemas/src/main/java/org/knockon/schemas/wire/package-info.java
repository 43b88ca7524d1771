/**
 * Kafka serializer and deserializer for Avro in the Confluent wire format: a zero byte, the schema id in four bytes,
 * then the record.
 */
package org.knockon.schemas.wire;
