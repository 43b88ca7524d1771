package org.knockon.benchmarks.harness;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.utils.internals.AppInfoParser;

/** Settings and figures of one run, and the machine they were measured on. */
public final class Results {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Map<String, Object> settings = new LinkedHashMap<>();
    private final Map<String, Object> figures = new LinkedHashMap<>();
    private final Map<String, String> verdicts = new LinkedHashMap<>();
    private final Map<String, List<double[]>> curves = new LinkedHashMap<>();

    public void setting(String name, Object value) {
        settings.put(name, value);
    }

    /** Records a figure and prints it. */
    public void figure(String name, Object value) {
        figures.put(name, value);
        System.out.printf("  %-44s %s%n", name, value);
    }

    /** Records a figure without printing it. */
    public void detail(String name, Object value) {
        figures.put(name, value);
    }

    /** Records whether something held, in words, and prints it. */
    public void verdict(String name, String verdict) {
        verdicts.put(name, verdict);
        System.out.printf("  %-44s %s%n", name, verdict);
    }

    /**
     * Records a curve over time.
     *
     * @param name {@code subject: measure, unit}
     * @param points pairs of minute and value
     */
    public void curve(String name, List<double[]> points) {
        curves.put(name, points);
    }

    /** Writes the file and prints its name. */
    public void write(Path file) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("at", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        all.put("machine", machine());
        all.put("settings", settings);
        all.put("figures", figures);
        if (!verdicts.isEmpty()) {
            all.put("verdicts", verdicts);
        }
        if (!curves.isEmpty()) {
            all.put("curves", curves);
        }
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            JSON.writeValue(file.toFile(), all);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
        System.out.println("wrote " + file);
    }

    private static Map<String, Object> machine() {
        Map<String, Object> machine = new TreeMap<>();
        machine.put("processors", Runtime.getRuntime().availableProcessors());
        machine.put("java", Runtime.version().toString());
        machine.put("heapMiB", Runtime.getRuntime().maxMemory() >> 20);
        machine.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        machine.put("kafka", AppInfoParser.getVersion());
        return machine;
    }
}
