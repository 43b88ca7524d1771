package org.knockon.feeds.settings;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.knockon.producers.yaml.Item;
import org.knockon.producers.yaml.Problems;
import org.knockon.producers.yaml.Section;
import org.knockon.producers.yaml.Utf8File;
import org.knockon.producers.yaml.YamlFile;

/** Reads the feeds file, and the keys, tokens and certificates that it names. */
public final class FeedsFileReader {

    private static final int DEFAULT_PORT = 8070;

    private final FileValues files;
    private final List<String> warnings = new ArrayList<>();
    /** The feed that listens on an address and port. */
    private final Map<String, String> listeners = new HashMap<>();

    private FeedsFileReader(Path folder) {
        files = new FileValues(folder);
    }

    /**
     * Reads the file and checks everything that can be checked without a network.
     *
     * @throws FeedsFileException with all problems, each with its line
     */
    public static FeedsFile read(Path file) {
        String text;
        try {
            text = Utf8File.read(file);
        } catch (IOException e) {
            String reason = e instanceof NoSuchFileException ? "no such file" : e.getMessage();
            throw new FeedsFileException("cannot read feeds file " + file + ": " + reason, e);
        }
        Problems problems = new Problems(file.toString());
        Item root = YamlFile.parse(file.toString(), text, problems, "docs/feeds.md has an example");
        FeedsFileReader reader = new FeedsFileReader(file.toAbsolutePath().getParent());
        FeedsFile feeds = root.present() ? reader.read(root) : null;
        if (!problems.isEmpty()) {
            throw new FeedsFileException(file.toString(), problems.all());
        }
        return feeds;
    }

    private FeedsFile read(Item root) {
        try (Section top = root.section()) {
            HttpSettings http = http(top.optional("http"));
            Item pseudonyms = top.optional("pseudonyms");
            Optional<PseudonymSettings> patients =
                    pseudonyms.present() ? new PseudonymParser(files).read(pseudonyms) : Optional.empty();
            List<FeedSettings> feeds = feeds(top.required("feeds"), http, pseudonyms.present(), patients);
            return new FeedsFile(http, patients, feeds, warnings);
        }
    }

    private HttpSettings http(Item item) {
        try (Section section = item.section()) {
            Item bind = section.optional("bind");
            Item proxy = section.optional("behindTlsProxy");
            Item token = section.optional("tokenFile");
            Item certificate = section.optional("tlsCert");
            Item key = section.optional("tlsKey");
            HttpSettings http = new HttpSettings(
                    bind.text("127.0.0.1"),
                    (int) section.optional("port").whole(0, 65_535, DEFAULT_PORT),
                    files.pem(certificate, key),
                    proxy.flag(false),
                    token.present() ? files.token(token) : Optional.empty());
            if (http.open()) {
                Item place = proxy.flag(false) ? proxy : bind;
                if (!certificate.present() && !http.behindTlsProxy()) {
                    place.reject(
                            "other machines can connect to '" + http.bind() + "' without TLS",
                            "give tlsCert and tlsKey, or behindTlsProxy: true");
                }
                if (!token.present()) {
                    place.reject("other machines can read /feeds without a token", "give tokenFile in 'http'");
                }
            }
            if (http.port() != 0) {
                listeners.put(FeedReader.address(http.bind(), http.port()), "the HTTP server");
            }
            return http;
        }
    }

    private List<FeedSettings> feeds(
            Item item, HttpSettings http, boolean hasPseudonyms, Optional<PseudonymSettings> patients) {
        FeedReader reader = new FeedReader(files, http, hasPseudonyms, patients, warnings, listeners);
        List<FeedSettings> feeds = new ArrayList<>();
        List<Item> entries = item.list();
        if (item.present() && entries.isEmpty()) {
            item.reject("'feeds' has no entry", "add one with name and kind");
        }
        for (Item entry : entries) {
            try (Section section = entry.section()) {
                reader.read(section).ifPresent(feeds::add);
            }
        }
        return feeds;
    }
}
