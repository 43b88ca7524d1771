package org.knockon.warroom.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** Every file that is served, read once from the class path: there is no path that a request could climb out of. */
final class StaticFiles {

    private static final String OURS = "/org/knockon/warroom/page/";
    private static final String JAVASCRIPT = "text/javascript; charset=utf-8";
    private static final String CSS = "text/css; charset=utf-8";

    /** @param etag strong, from the bytes */
    record File(byte[] bytes, String type, String etag) {}

    private final Map<String, File> files = new LinkedHashMap<>();
    private final String fingerprint;

    StaticFiles(String uplotVersion) {
        String uplot = "/META-INF/resources/webjars/uplot/" + uplotVersion + "/dist/";
        add("/wall", OURS + "wall.html", "text/html; charset=utf-8");
        add("/assets/wall.css", OURS + "wall.css", CSS);
        for (String script : new String[] {"app", "stream", "freshness", "panels", "charts", "words", "isolate"}) {
            add("/assets/" + script + ".js", OURS + script + ".js", JAVASCRIPT);
        }
        add("/assets/report.css", OURS + "report.css", CSS);
        add("/assets/replay-bar.css", OURS + "replay-bar.css", CSS);
        for (String script : new String[] {"replay-bar", "replay-axis", "live-outage", "address", "access"}) {
            add("/assets/" + script + ".js", OURS + script + ".js", JAVASCRIPT);
        }
        add("/assets/desk.css", OURS + "desk.css", CSS);
        add("/assets/drill.css", OURS + "drill.css", CSS);
        for (String script : new String[] {"starting", "roles", "desk", "links", "no-history"}) {
            add("/assets/" + script + ".js", OURS + script + ".js", JAVASCRIPT);
        }
        add("/assets/alarms.css", OURS + "alarms.css", CSS);
        for (String script : new String[] {"tabs", "alarms", "causes", "sound"}) {
            add("/assets/" + script + ".js", OURS + script + ".js", JAVASCRIPT);
        }
        add("/assets/icon.svg", OURS + "icon.svg", "image/svg+xml");
        add("/assets/uplot.js", uplot + "uPlot.esm.js", JAVASCRIPT);
        add("/assets/uplot.css", uplot + "uPlot.min.css", CSS);
        add("/api/v1/openapi.json", OURS + "openapi.json", "application/json");
        StringBuilder all = new StringBuilder();
        files.values().forEach(file -> all.append(file.etag()));
        fingerprint = hash(all.toString().getBytes(UTF_8));
    }

    Map<String, File> files() {
        return files;
    }

    /** Changes with any file: an open page that hears another one reloads itself. */
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
