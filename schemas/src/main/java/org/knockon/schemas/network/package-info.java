/** Finds out why a server cannot be used, below the protocols of Kafka and the registry. */
package org.knockon.schemas.network;
