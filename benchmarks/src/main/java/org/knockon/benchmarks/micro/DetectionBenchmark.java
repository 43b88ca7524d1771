package org.knockon.benchmarks.micro;

import java.util.concurrent.TimeUnit;
import org.knockon.impact.detection.Detection;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.SystemStatus;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** One observation of a system. Three monitors take turns every twenty seconds; the system is down for ten minutes of each hour. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DetectionBenchmark {

    private static final long MINUTE = 60_000L;
    private static final String[] MONITORS = {"probe-a", "probe-b", "probe-c"};

    private final Detection detection =
            new Detection("system", new MonitoringPolicy(2 * MINUTE, 5 * MINUTE, 10 * MINUTE));
    private long at;
    private int turn;

    @Benchmark
    public void observation(Blackhole outages) {
        at += 20_000L;
        turn = (turn + 1) % MONITORS.length;
        SystemStatus status = at / MINUTE % 60 < 10 ? SystemStatus.DOWN : SystemStatus.UP;
        detection.observe(MONITORS[turn], status, at, (Outage closed) -> outages.consume(closed));
    }

    /** With the verdict, which the app asks for after each observation. */
    @Benchmark
    public Object observationAndJudgement(Blackhole outages) {
        observation(outages);
        return detection.judgedAt(at);
    }
}
