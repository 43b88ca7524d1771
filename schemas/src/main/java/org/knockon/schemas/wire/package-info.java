/**
 * Kafka serializer and deserializer for Avro in Confluent wire format: a zero byte, the schema's id in four bytes, the
 * record.
 */
package org.knockon.schemas.wire;
