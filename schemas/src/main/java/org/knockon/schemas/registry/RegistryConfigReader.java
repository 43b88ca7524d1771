package org.knockon.schemas.registry;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/** Reads {@link RegistrySettings} and collects every problem before it reports them. */
final class RegistryConfigReader {

    static final String URL = "schema.registry.url";
    private static final String BASIC_SOURCE = "basic.auth.credentials.source";
    private static final String BASIC_USER_INFO = "basic.auth.user.info";
    private static final String BEARER_SOURCE = "bearer.auth.credentials.source";
    private static final String BEARER_TOKEN = "bearer.auth.token";
    private static final String RETRIES = "max.retries";
    private static final String FIRST_WAIT = "retries.wait.ms";
    private static final String MAX_WAIT = "retries.max.wait.ms";
    private static final String CONNECT_TIMEOUT = "http.connect.timeout.ms";
    private static final String READ_TIMEOUT = "http.read.timeout.ms";
    private static final String PREFIX = "schema.registry.";
    private static final String TLS_PREFIX = PREFIX + "ssl.";

    private final Map<String, ?> config;
    private final List<String> problems = new ArrayList<>();

    RegistryConfigReader(Map<String, ?> config) {
        this.config = config;
    }

    RegistrySettings read() {
        List<URI> urls = urls();
        RegistrySettings settings = new RegistrySettings(
                urls.stream().map(RegistryConfigReader::withoutUserInfo).toList(),
                authorization(urls),
                number(RETRIES, 3),
                Duration.ofMillis(number(FIRST_WAIT, 1000)),
                Duration.ofMillis(number(MAX_WAIT, 20000)),
                Duration.ofMillis(Math.max(1, number(CONNECT_TIMEOUT, 60000))),
                Duration.ofMillis(Math.max(1, number(READ_TIMEOUT, 60000))),
                tls());
        if (!problems.isEmpty()) {
            throw new ConfigException("schema registry settings: " + String.join("; ", problems));
        }
        return settings;
    }

    /** The URLs as configured, from a list or from comma-separated text. */
    static List<String> rawUrls(Map<String, ?> config) {
        Object value = config.get(URL);
        List<?> parts = value instanceof List<?> list ? list : List.of(value == null ? "" : value.toString());
        return parts.stream()
                .flatMap(part -> List.of(part.toString().split(",")).stream())
                .map(String::strip)
                .filter(url -> !url.isEmpty())
                .toList();
    }

    private List<URI> urls() {
        List<String> raw = rawUrls(config);
        if (raw.isEmpty()) {
            problems.add(URL + " is missing");
        }
        List<URI> urls = new ArrayList<>();
        for (String url : raw) {
            try {
                URI uri = URI.create(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
                if (!Set.of("http", "https").contains(String.valueOf(uri.getScheme())) || uri.getHost() == null) {
                    problems.add(URL + " must contain http or https URLs, but one has scheme " + uri.getScheme()
                            + " and host " + uri.getHost());
                } else {
                    urls.add(uri);
                }
            } catch (IllegalArgumentException e) {
                // Not quoted: it may contain a password.
                problems.add(URL + " contains something that is not a URL");
            }
        }
        return urls;
    }

    private Optional<String> authorization(List<URI> urls) {
        String basicSource = text(BASIC_SOURCE);
        String userInfo = text(BASIC_USER_INFO);
        String token = text(BEARER_TOKEN);
        String bearerSource = text(BEARER_SOURCE);
        if (!bearerSource.isEmpty() && !bearerSource.equals("STATIC_TOKEN")) {
            problems.add(BEARER_SOURCE + " must be STATIC_TOKEN, but it is " + bearerSource);
        }
        if (!token.isEmpty() && !userInfo.isEmpty()) {
            problems.add("set only one of " + BASIC_USER_INFO + " and " + BEARER_TOKEN);
        }
        if (!bearerSource.isEmpty() && token.isEmpty()) {
            problems.add(BEARER_SOURCE + " is " + bearerSource + ", but " + BEARER_TOKEN + " is missing");
        }
        if (!token.isEmpty()) {
            return Optional.of("Bearer " + token);
        }
        switch (basicSource) {
            case "USER_INFO" -> {
                if (userInfo.isEmpty()) {
                    problems.add(BASIC_SOURCE + " is USER_INFO, but " + BASIC_USER_INFO + " is missing");
                }
            }
            case "URL" -> userInfo = userInfoOf(urls);
            case "" -> userInfo = userInfo.isEmpty() ? userInfoOf(urls) : userInfo;
            default -> problems.add(BASIC_SOURCE + " must be USER_INFO or URL, but it is " + basicSource);
        }
        return userInfo.isEmpty() ? Optional.empty() : Optional.of(basic(userInfo));
    }

    private static String basic(String userInfo) {
        return "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
    }

    private String userInfoOf(List<URI> urls) {
        Set<String> found = new LinkedHashSet<>();
        urls.forEach(url -> found.add(url.getRawUserInfo() == null ? "" : url.getRawUserInfo()));
        if (found.size() > 1) {
            problems.add("all URLs of " + URL + " must have the same user and password");
        }
        return found.stream()
                .findFirst()
                .map(raw -> URLDecoder.decode(raw, StandardCharsets.UTF_8))
                .orElse("");
    }

    private static URI withoutUserInfo(URI uri) {
        if (uri.getRawUserInfo() == null) {
            return uri;
        }
        return URI.create(uri.toString().replaceFirst("//[^@/]*@", "//"));
    }

    private int number(String key, int otherwise) {
        try {
            return ConfigNumbers.nonNegative(config, key, otherwise);
        } catch (ConfigException e) {
            problems.add(e.getMessage());
            return otherwise;
        }
    }

    private String text(String key) {
        Object value = config.get(key);
        if (value instanceof Password password) {
            return password.value();
        }
        return value == null ? "" : value.toString().strip();
    }

    /** Uses Kafka's own factory, so that JKS, PKCS12 and PEM stores work as in every Kafka client. */
    private Optional<SSLContext> tls() {
        Map<String, Object> given = new TreeMap<>();
        config.forEach((key, value) -> {
            if (key.startsWith(TLS_PREFIX)) {
                given.put(key.substring(PREFIX.length()), value);
            }
        });
        if (given.isEmpty()) {
            return Optional.empty();
        }
        ConfigDef definition = new ConfigDef();
        SslConfigs.addClientSslSupport(definition);
        try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
            factory.configure(definition.parse(given));
            return Optional.of(factory.sslContext());
        } catch (KafkaException e) {
            problems.add(TLS_PREFIX + "*: " + e.getMessage());
            return Optional.empty();
        }
    }
}
