package org.knockon.cli.console;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * Shows progress: on a terminal a few lines that are redrawn in place, elsewhere one line every few seconds. While the display is open,
 * everything written to {@code System.err}, such as the log, appears above those lines.
 */
public final class LiveDisplay implements AutoCloseable {

    /** The current state: as lines for a terminal, and as one line for anything else. No line is wider than 79 columns. */
    public record Frame(List<String> lines, String line) {}

    private static final Duration LINE_EVERY = Duration.ofSeconds(5);
    private static final String CLEAR_LINE = "\033[2K";
    private static final String CLEAR_BELOW = "\033[J";
    private static final String HIDE_CURSOR = "\033[?25l";
    private static final String SHOW_CURSOR = "\033[?25h";
    /** A frame that wraps in a narrow window cannot be redrawn in place. */
    private static final String NO_WRAP = "\033[?7l";

    private static final String WRAP = "\033[?7h";

    private final PrintWriter to;
    private final boolean inPlace;
    private final boolean visible;
    private final PrintStream err = System.err;
    private List<String> drawn = List.of();
    private String latestLine = "";
    private String lastLine = "";
    private long lastLineAt;
    private boolean closed;

    private LiveDisplay(PrintWriter to, boolean inPlace, boolean visible) {
        this.to = to;
        this.inPlace = inPlace && visible;
        this.visible = visible;
        if (this.inPlace) {
            System.setErr(new PrintStream(new LinesAbove(), true, StandardCharsets.UTF_8));
        }
    }

    /**
     * @param inPlace whether {@code to} is a terminal
     * @param visible false to show nothing at all
     */
    public static LiveDisplay open(PrintWriter to, boolean inPlace, boolean visible) {
        return new LiveDisplay(to, inPlace, visible);
    }

    /** Shows a frame. Call this several times a second. */
    public synchronized void show(Frame frame) {
        if (closed || !visible) {
            return;
        }
        if (inPlace) {
            to.print(HIDE_CURSOR + NO_WRAP + home() + text(frame.lines()) + CLEAR_BELOW + WRAP);
            to.flush();
            drawn = frame.lines();
        } else {
            latestLine = frame.line();
            long now = System.nanoTime();
            boolean due = lastLine.isEmpty() || now - lastLineAt >= LINE_EVERY.toNanos();
            if (due && !frame.line().equals(lastLine)) {
                to.println(frame.line());
                to.flush();
                lastLine = frame.line();
                lastLineAt = now;
            }
        }
    }

    /** Prints a permanent line above the frame. */
    public synchronized void above(String line) {
        if (!visible) {
            return;
        }
        if (inPlace && !closed) {
            to.print(home() + CLEAR_BELOW + line + "\n" + text(drawn));
        } else {
            to.println(line);
        }
        to.flush();
    }

    /** Keeps the last frame on the screen. Elsewhere prints the line of the last frame, if it is not printed yet. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (inPlace) {
            System.setErr(err);
            to.print(SHOW_CURSOR);
            to.flush();
        } else if (!latestLine.equals(lastLine)) {
            to.println(latestLine);
            to.flush();
        }
    }

    private String home() {
        return drawn.isEmpty() ? "\r" : "\r\033[" + drawn.size() + "A";
    }

    private static String text(List<String> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(CLEAR_LINE).append(line).append('\n'));
        return text.toString();
    }

    private final class LinesAbove extends OutputStream {
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        @Override
        public synchronized void write(int b) {
            if (b == '\n') {
                above(line.toString(StandardCharsets.UTF_8));
                line.reset();
            } else if (b != '\r') {
                line.write(b);
            }
        }
    }
}
