package org.knockon.feeds.settings;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.knockon.producers.yaml.Item;
import org.knockon.producers.yaml.Section;

/** Reads one feed after the other, and what no two of them may share. */
final class FeedReader {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final Pattern NAMESPACE = Pattern.compile("[A-Za-z0-9._-]{0,64}");
    private static final List<FeedKind> KINDS = List.of(FeedKind.values());

    private final FileValues files;
    private final HttpSettings http;
    private final boolean hasPseudonyms;
    private final ExtractParser extracts;
    private final List<String> warnings;
    private final Map<String, String> listeners;
    private final Set<String> names = new HashSet<>();

    /**
     * @param hasPseudonyms whether the file says how patients get their pseudonyms
     * @param patients how they do; empty also if that part of the file is wrong
     * @param warnings added to
     * @param listeners what listens on an address and port; added to
     */
    FeedReader(
            FileValues files,
            HttpSettings http,
            boolean hasPseudonyms,
            Optional<PseudonymSettings> patients,
            List<String> warnings,
            Map<String, String> listeners) {
        this.files = files;
        this.http = http;
        this.hasPseudonyms = hasPseudonyms;
        this.extracts = new ExtractParser(patients);
        this.warnings = warnings;
        this.listeners = listeners;
    }

    static String address(String bind, int port) {
        return bind + ":" + port;
    }

    /** Empty if the kind is missing or unknown: then the keys cannot be judged either. */
    Optional<FeedSettings> read(Section section) {
        Item name = section.required("name");
        Item kindItem = section.required("kind");
        Item namespace = section.optional("namespace");
        FeedKind kind = kindItem.oneOf(FeedKind.class, KINDS, null);
        requireName(name);
        String ownName = name.text("");
        String ownNamespace = namespace.anyText(ownName);
        if (namespace.present() && !NAMESPACE.matcher(ownNamespace).matches()) {
            namespace.reject(
                    "'" + namespace.path() + "' is '" + ownNamespace + "'",
                    "use at most 64 letters, digits, dots, dashes and underscores");
        }
        if (kind == null) {
            section.entries();
            return Optional.empty();
        }
        FeedIdentity identity = new FeedIdentity(ownName, kind, ownNamespace, Optional.empty());
        return Optional.of(read(section, identity));
    }

    private FeedSettings read(Section section, FeedIdentity identity) {
        return switch (identity.kind()) {
            case HL7 -> {
                requirePseudonyms(section, identity);
                yield new Hl7Parser(files, extracts, warnings, listeners).read(section, identity);
            }
            case FHIR -> {
                requirePseudonyms(section, identity);
                yield new FhirSettings(
                        withCredential(section, identity),
                        BookingParser.fhir(section, extracts),
                        Optional.ofNullable(section.optional("identifier").text(null)),
                        Optional.ofNullable(section.optional("dueIn").text(null)));
            }
            case ALERTMANAGER, GRAFANA -> MonitorParser.alerts(section, withCredential(section, identity), warnings);
            case KUMA -> MonitorParser.kuma(section, withCredential(section, identity));
            case ICINGA -> icinga(section, identity);
            case CLOUDEVENTS ->
                new CloudEventsSettings(withCredential(section, identity), MonitorParser.monitor(section, identity));
            case PROBE -> ProbeParser.read(section, identity);
        };
    }

    private FeedSettings icinga(Section section, FeedIdentity identity) {
        if (!section.has("url")) {
            Item ca = section.optional("caFile");
            if (ca.present()) {
                ca.reject("'" + ca.path() + "' is given without url", "give the url of Icinga's API, or leave it out");
            }
            return MonitorParser.icinga(section, withCredential(section, identity), Optional.empty());
        }
        // Then userFile is our own login there, and lines may be posted only with a token.
        Item token = section.optional("tokenFile");
        FeedIdentity posted = token.present() ? with(identity, files.token(token)) : identity;
        return MonitorParser.icinga(section, posted, MonitorParser.connection(section, files));
    }

    private FeedIdentity withCredential(Section section, FeedIdentity identity) {
        Item token = section.optional("tokenFile");
        Item user = section.optional("userFile");
        if (token.present() && user.present()) {
            user.reject("'" + identity.name() + "' has both tokenFile and userFile", "give one of them");
        }
        if (http.open() && !token.present() && !user.present()) {
            section.reject(
                    "other machines can send to '" + identity.name() + "' without a token",
                    "give tokenFile or userFile");
        }
        return with(
                identity,
                Stream.of(files.token(token), files.login(user).map(Credential::login))
                        .flatMap(Optional::stream)
                        .findFirst());
    }

    private static FeedIdentity with(FeedIdentity identity, Optional<Credential> credential) {
        return new FeedIdentity(identity.name(), identity.kind(), identity.namespace(), credential);
    }

    private void requireName(Item name) {
        String text = name.text(null);
        if (text == null) {
            return;
        }
        if (!NAME.matcher(text).matches()) {
            name.reject("'" + text + "' is no name of a feed", "use at most 64 letters, digits and dashes");
        } else if (!names.add(text)) {
            name.reject("the feed '" + text + "' is given twice", "give each feed a name of its own");
        }
    }

    private void requirePseudonyms(Section section, FeedIdentity identity) {
        if (!hasPseudonyms) {
            section.reject(
                    "'" + identity.name() + "' carries appointments of patients, but there is no key for pseudonyms",
                    "add 'pseudonyms' with keyFile and identifiers");
        }
    }
}
