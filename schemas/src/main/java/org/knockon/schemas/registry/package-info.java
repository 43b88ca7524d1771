/** A client of any Schema Registry that speaks the Confluent REST API. */
package org.knockon.schemas.registry;
