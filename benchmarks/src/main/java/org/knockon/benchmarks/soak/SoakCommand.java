package org.knockon.benchmarks.soak;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.knockon.benchmarks.harness.ResultsOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A long run in which nothing may grow. */
@Command(
        name = "soak",
        description = {
            "Updates a fixed number of appointments for a long time, live, with bad records, outages, and a restart of the broker",
            "and of the registry. Reads heap, memory, threads, files and disk of the app and the war room throughout.",
            "Exit code 1 if something grew, the number of dead letters is wrong, or counts are wrong."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  ./bench soak --duration PT10M --appointments 100000"})
public final class SoakCommand implements Callable<Integer> {

    @Option(
            names = "--duration",
            paramLabel = "ISO",
            description = "How long to update. Default: ${DEFAULT-VALUE}.",
            defaultValue = "PT30M")
    private Duration duration;

    @Option(
            names = "--appointments",
            paramLabel = "N",
            description = "Booked before; no more are added. Default: ${DEFAULT-VALUE}.",
            defaultValue = "500000")
    private int appointments;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Updates a second. Default: ${DEFAULT-VALUE}.",
            defaultValue = "5000")
    private int rate;

    @Option(
            names = "--bad-one-in",
            paramLabel = "N",
            description = "One record in so many is bad. Default: ${DEFAULT-VALUE}.",
            defaultValue = "1000")
    private int badOneIn;

    @Option(names = "--seed", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.", defaultValue = "1")
    private long seed;

    @Mixin
    private ResultsOption file;

    private final CountDownLatch done = new CountDownLatch(1);
    private volatile boolean interrupted;

    @Override
    public Integer call() throws Exception {
        SoakRun run = new SoakRun(new SoakRun.Options(duration, appointments, rate, badOneIn, seed));
        Thread main = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(main, run), "soak-stop"));
        try {
            return run.run(file.fileFor("soak")) ? 0 : 1;
        } catch (Exception e) {
            if (!interrupted) {
                throw e;
            }
            System.out.println("stopped; no results are written");
            return 1;
        } finally {
            done.countDown();
        }
    }

    /** On Ctrl-C the main thread closes everything it has started; the JVM must wait for it. */
    private void stop(Thread main, SoakRun run) {
        if (done.getCount() == 0) {
            return;
        }
        interrupted = true;
        main.interrupt();
        try {
            run.kill();
            if (!done.await(2, TimeUnit.MINUTES)) {
                System.err.println("bench: could not stop cleanly");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
