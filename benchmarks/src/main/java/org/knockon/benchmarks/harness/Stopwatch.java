package org.knockon.benchmarks.harness;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;

/** Times a program from its first event to its last, and its second half alone: by then the JVM is warm. */
public final class Stopwatch {

    /**
     * @param seconds from the first event to the last one committed
     * @param warmSeconds the same from the middle event on
     * @param cpuSeconds of the whole process in that time, with the JIT and the garbage collector
     * @param warmCpuSeconds the same from the middle event on
     */
    public record Lap(long events, double seconds, double warmSeconds, double cpuSeconds, double warmCpuSeconds) {

        double perSecond() {
            return events / seconds;
        }

        double warmPerSecond() {
            return events / 2.0 / warmSeconds;
        }

        double cpuMicros() {
            return cpuSeconds * 1e6 / events;
        }

        double warmCpuMicros() {
            return warmCpuSeconds * 2e6 / events;
        }
    }

    /** Whether everything is committed; called only once everything is processed. */
    public interface Committed {
        boolean reached() throws Exception;
    }

    private Stopwatch() {}

    /** @param done number of events processed so far */
    public static Lap time(long events, LongSupplier done, Committed committed) throws Exception {
        awaitAtLeast(1, done);
        Moment first = Moment.now();
        awaitAtLeast(events / 2, done);
        Moment middle = Moment.now();
        awaitAtLeast(events, done);
        while (!committed.reached()) {
            Thread.sleep(2);
        }
        Moment last = Moment.now();
        return new Lap(
                events,
                (last.nanos - first.nanos) / 1e9,
                (last.nanos - middle.nanos) / 1e9,
                (last.cpuNanos - first.cpuNanos) / 1e9,
                (last.cpuNanos - middle.cpuNanos) / 1e9);
    }

    private static void awaitAtLeast(long events, LongSupplier done) throws InterruptedException {
        while (done.getAsLong() < events) {
            Thread.sleep(2);
        }
    }

    private record Moment(long nanos, long cpuNanos) {
        static Moment now() {
            return new Moment(
                    System.nanoTime(),
                    ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime());
        }
    }
}
