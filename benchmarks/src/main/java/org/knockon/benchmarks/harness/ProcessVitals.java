package org.knockon.benchmarks.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a JVM process uses. Linux only: the system's figures come from {@code /proc}.
 *
 * @param heapMiB live objects, after a full collection
 * @param rssMiB resident memory
 * @param files open file descriptors
 */
public record ProcessVitals(double heapMiB, double rssMiB, int threads, int files) {

    private static final double KIB_PER_MIB = 1024;
    /** Matches one line per heap generation: {@code tenured generation   total 786432K, used 91234K}. Metaspace lines have no total. */
    private static final Pattern GENERATION = Pattern.compile("total \\d+K, used (\\d+)K");

    private static final Pattern STATUS = Pattern.compile("^(VmRSS|Threads):\\s+(\\d+)");

    /** Pauses the process: it runs a full collection first. */
    public static ProcessVitals of(long pid) throws IOException, InterruptedException {
        jcmd(pid, "GC.run");
        double heap = heapMiB(jcmd(pid, "GC.heap_info"));
        int threads = Math.toIntExact(status(pid, "Threads"));
        try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            return new ProcessVitals(heap, rssMiB(pid), threads, Math.toIntExact(open.count()));
        }
    }

    /** Resident memory of any process, MiB; 0 if it has ended. */
    public static double rssMiB(long pid) throws IOException {
        return status(pid, "VmRSS") / KIB_PER_MIB;
    }

    private static long status(long pid, String name) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.map(STATUS::matcher)
                    .filter(field -> field.find() && field.group(1).equals(name))
                    .mapToLong(field -> Long.parseLong(field.group(2)))
                    .findFirst()
                    .orElse(0);
        } catch (NoSuchFileException ended) {
            return 0;
        }
    }

    /** Sum of the generations in the output of {@code jcmd GC.heap_info}. */
    static double heapMiB(String info) {
        Matcher generation = GENERATION.matcher(info);
        long used = 0;
        boolean any = false;
        while (generation.find()) {
            used += Long.parseLong(generation.group(1));
            any = true;
        }
        if (!any) {
            throw new IllegalStateException("jcmd did not report the heap: " + info);
        }
        return used / KIB_PER_MIB;
    }

    /** Size of all files in a folder and below it, MiB. Files that disappear meanwhile do not count. */
    public static double diskMiB(Path folder) throws IOException {
        long bytes = 0;
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.toList();
        } catch (UncheckedIOException movedMeanwhile) {
            return diskMiB(folder);
        }
        for (Path file : files) {
            try {
                bytes += Files.isRegularFile(file) ? Files.size(file) : 0;
            } catch (NoSuchFileException gone) {
                // RocksDB removes files once it has merged them.
            }
        }
        return bytes / KIB_PER_MIB / KIB_PER_MIB;
    }

    private static String jcmd(long pid, String command) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid), command)
                .redirectErrorStream(true)
                .start();
        String output = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (jcmd.waitFor() != 0) {
            throw new IOException("jcmd " + command + " failed: " + output.strip());
        }
        return output;
    }
}
