package org.knockon.benchmarks.growth;

/** One kind of input that could cost more the more of it there is. */
interface GrowingInput {

    /** What is there before; its cost stands apart. */
    void prepare(BrokerlessPipeline pipeline, int size);

    /** What is measured; {@link BrokerlessPipeline#settle} follows. */
    void run(BrokerlessPipeline pipeline, int size);
}
