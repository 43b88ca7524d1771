package org.knockon.warroom.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All static files, read once from the class path. Requests are matched by exact path, so path traversal is impossible.
 */
final class StaticFiles {

    private static final String FOLDER = "/org/knockon/warroom/page/";
    private static final List<String> SCRIPTS = List.of(
            "app",
            "stream",
            "freshness",
            "panels",
            "dom",
            "vocabulary",
            "charts",
            "words",
            "isolate",
            "replay-bar",
            "replay-axis",
            "live-outage",
            "address",
            "access",
            "starting",
            "roles",
            "desk",
            "links",
            "no-history",
            "tabs",
            "alarms",
            "causes",
            "sound");
    private static final List<String> STYLES = List.of("wall", "report", "replay-bar", "desk", "drill", "alarms");
    private static final String JAVASCRIPT = "text/javascript; charset=utf-8";
    private static final String CSS = "text/css; charset=utf-8";

    /** @param etag strong, from the bytes */
    record File(byte[] bytes, String type, String etag) {}

    private final Map<String, File> files = new LinkedHashMap<>();
    private final String fingerprint;

    StaticFiles(String uplotVersion) {
        String uplot = "/META-INF/resources/webjars/uplot/" + uplotVersion + "/dist/";
        add("/wall", FOLDER + "wall.html", "text/html; charset=utf-8");
        for (String script : SCRIPTS) {
            add("/assets/" + script + ".js", FOLDER + script + ".js", JAVASCRIPT);
        }
        for (String style : STYLES) {
            add("/assets/" + style + ".css", FOLDER + style + ".css", CSS);
        }
        add("/assets/icon.svg", FOLDER + "icon.svg", "image/svg+xml");
        add("/assets/uplot.js", uplot + "uPlot.esm.js", JAVASCRIPT);
        add("/assets/uplot.css", uplot + "uPlot.min.css", CSS);
        add("/api/v1/openapi.json", FOLDER + "openapi.json", "application/json");
        StringBuilder all = new StringBuilder();
        files.values().forEach(file -> all.append(file.etag()));
        fingerprint = hash(all.toString().getBytes(UTF_8));
    }

    Map<String, File> files() {
        return files;
    }

    /** Changes with any file: an open page that receives another fingerprint reloads itself. */
    String fingerprint() {
        return fingerprint;
    }

    private void add(String path, String resource, String type) {
        try (InputStream in = StaticFiles.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("not on the class path: " + resource);
            }
            byte[] bytes = in.readAllBytes();
            files.put(path, new File(bytes, type, '"' + hash(bytes) + '"'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String hash(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
