package org.knockon.benchmarks.growth;

/** A kind of input whose cost could grow faster than its size. */
interface GrowingInput {

    /** Writes what must be there before; its cost is reported separately. */
    void prepare(BrokerlessPipeline pipeline, int size);

    /** Writes what is measured; the caller then calls {@link BrokerlessPipeline#settle}. */
    void run(BrokerlessPipeline pipeline, int size);
}
