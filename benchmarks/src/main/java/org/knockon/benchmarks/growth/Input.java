package org.knockon.benchmarks.growth;

/** One kind of input that could cost more the more of it there is. */
interface Input {

    /** What is there before; its cost stands apart. */
    void prepare(InProcess pipeline, int size);

    /** What is measured; {@link InProcess#settle} follows. */
    void run(InProcess pipeline, int size);
}
