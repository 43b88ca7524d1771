package org.knockon.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.knockon.cli.Knockon;

/**
 * A command that runs in a thread of this JVM until it ends or the test interrupts it. It starts in a fraction of the time that a
 * {@link ChildCommand} needs, which is for tests of the process itself: its signals, its memory, its environment.
 */
public final class BackgroundCommand implements AutoCloseable {

    private static final Duration LONGEST_LINE = Duration.ofMinutes(3);
    private static final Duration LONGEST_END = Duration.ofMinutes(2);
    private static final long POLL_MILLIS = 100;

    private final Lines out = new Lines();
    private final StringWriter err = new StringWriter();
    private final CompletableFuture<Integer> end = new CompletableFuture<>();
    private final Thread thread;

    private BackgroundCommand(String[] arguments) {
        thread = new Thread(() -> run(arguments), "command-under-test-" + arguments[0]);
        thread.setDaemon(true);
        thread.start();
    }

    /** @param connection options that name the broker and the registry */
    public static BackgroundCommand start(String[] connection, String... arguments) {
        return new BackgroundCommand(
                Stream.concat(Stream.of(arguments), Stream.of(connection)).toArray(String[]::new));
    }

    private void run(String[] arguments) {
        try {
            end.complete(Knockon.commandLine()
                    .setOut(new PrintWriter(out, true))
                    .setErr(new PrintWriter(err, true))
                    .execute(arguments));
        } catch (RuntimeException | Error e) {
            end.completeExceptionally(e);
        }
    }

    /** Returns the next line of standard output that matches. */
    public String awaitLine(Predicate<String> matches) throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST_LINE.toNanos();
        while (true) {
            boolean ended = end.isDone();
            String line = out.complete.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
            if (line != null && matches.test(line)) {
                return line;
            }
            if (line == null && (ended || System.nanoTime() - deadline >= 0)) {
                throw new AssertionError(
                        (ended ? "the command has ended" : "no such line") + "; standard error: " + err);
            }
        }
    }

    /** Interrupts the command's thread, after which it closes everything, as after Ctrl-C. */
    public void interrupt() {
        thread.interrupt();
    }

    /** Returns the exit code. */
    public int awaitExit() throws InterruptedException {
        try {
            return end.get(LONGEST_END.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("still running after " + LONGEST_END.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
    }

    public String err() {
        return err.toString();
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(LONGEST_END.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        assertThat(thread.isAlive()).as("%s has ended", thread.getName()).isFalse();
    }

    /** Queues each complete line. */
    private static final class Lines extends Writer {
        private final BlockingQueue<String> complete = new LinkedBlockingQueue<>();
        private final StringBuilder line = new StringBuilder();

        @Override
        public void write(char[] buffer, int offset, int length) {
            synchronized (line) {
                for (int i = offset; i < offset + length; i++) {
                    if (buffer[i] == '\n') {
                        complete.add(line.toString());
                        line.setLength(0);
                    } else {
                        line.append(buffer[i]);
                    }
                }
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
