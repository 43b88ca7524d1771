/** Serdes of all topics: plain records in the program, Avro in Confluent wire format on the wire. */
package org.knockon.schemas.serde;
