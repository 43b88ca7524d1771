/**
 * Compact binary forms of what never leaves the pipeline: values of stores and of internal topics. Public topics carry
 * Avro; Avro in the stores halved the throughput. Each form begins with its version, and enum constants have explicit
 * tags. A change of a form needs a new version and a reset of the application; the files in {@code
 * src/test/resources/golden-state} pin the bytes.
 */
package org.knockon.streams.codec;
