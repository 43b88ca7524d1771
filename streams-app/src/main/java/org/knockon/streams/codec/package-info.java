/**
 * Compact binary forms of what never leaves the pipeline: store values and internal topics. Public topics carry Avro; Avro in the
 * stores measured half the throughput. A change here needs a reset of the application, so each form begins with a version byte.
 */
package org.knockon.streams.codec;
