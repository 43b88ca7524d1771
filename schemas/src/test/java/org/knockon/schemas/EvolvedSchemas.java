package org.knockon.schemas;

import org.apache.avro.Schema;

/** Schemas of {@code system-health} as other builds might have them. */
public final class EvolvedSchemas {

    /** Adds a field in the middle and a status, and omits the nullable detail. */
    public static final Schema LATER = new Schema.Parser().parse("""
                    {"type":"record","name":"SystemHealth","namespace":"org.knockon.avro","fields":[
                      {"name":"systemId","type":"string"},
                      {"name":"location","type":{"type":"array","items":"string"},"default":[]},
                      {"name":"status","type":{"type":"enum","name":"SystemStatus",
                        "symbols":["UNKNOWN","FAILING_OVER","UP","DEGRADED","DOWN","MAINTENANCE"],"default":"UNKNOWN"},
                        "default":"UNKNOWN"},
                      {"name":"observedAt","type":{"type":"long","logicalType":"timestamp-millis"}},
                      {"name":"monitor","type":"string","default":""}]}""");

    /** Omits the id, so that no build of ours can read it. */
    public static final Schema INCOMPATIBLE = new Schema.Parser().parse("""
                    {"type":"record","name":"SystemHealth","namespace":"org.knockon.avro","fields":[
                      {"name":"observedAt","type":{"type":"long","logicalType":"timestamp-millis"}}]}""");

    /** A schema from another system. */
    public static final Schema FOREIGN = new Schema.Parser().parse("""
                    {"type":"record","name":"Invoice","namespace":"com.example","fields":[
                      {"name":"number","type":"long"},
                      {"name":"paid","type":["null",{"type":"long","logicalType":"timestamp-millis"}]},
                      {"name":"lines","type":{"type":"map","values":"bytes"}}]}""");

    private EvolvedSchemas() {}
}
