/** Serdes of all topics: plain records in the program, Avro in the Confluent wire format on the topics. */
package org.knockon.schemas.serde;
