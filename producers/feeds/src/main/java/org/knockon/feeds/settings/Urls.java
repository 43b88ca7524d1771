package org.knockon.feeds.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.knockon.producers.yaml.Item;

/** Reads addresses to connect to. */
final class Urls {

    private static final Pattern HOST_PORT = Pattern.compile("([^\\s:/@\\[\\]]+|\\[[0-9A-Fa-f:.]+]):(\\d{1,5})");
    private static final int LARGEST_PORT = 65_535;

    private Urls() {}

    /** A host, without brackets, and its port. */
    record HostPort(String host, int port) {}

    /** An address with http or https. A name or password in it is refused, because addresses are shown. */
    static Optional<URI> web(Item item) {
        String text = item.text(null);
        if (text == null) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(text);
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (web && uri.getHost() != null && uri.getRawUserInfo() == null) {
                return Optional.of(uri);
            }
        } catch (URISyntaxException e) {
            // Reported below, without the text, which may hold a password.
        }
        item.reject(
                "'" + item.path() + "' is no address of the form https://host/path",
                "write no name or password into it");
        return Optional.empty();
    }

    static Optional<HostPort> hostPort(Item item) {
        String text = item.text(null);
        if (text == null) {
            return Optional.empty();
        }
        Matcher matcher = HOST_PORT.matcher(text);
        if (!matcher.matches()
                || Integer.parseInt(matcher.group(2)) > LARGEST_PORT
                || Integer.parseInt(matcher.group(2)) == 0) {
            item.reject("'" + item.path() + "' is '" + text + "'", "write it as pacs.example:104");
            return Optional.empty();
        }
        String host = matcher.group(1).replaceAll("[\\[\\]]", "");
        return Optional.of(new HostPort(host, Integer.parseInt(matcher.group(2))));
    }
}
