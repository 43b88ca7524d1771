package org.knockon.feeds.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.knockon.producers.yaml.Item;
import org.knockon.producers.yaml.Utf8File;
import org.knockon.server.access.FilePermissions;
import org.knockon.server.tls.PemCertificates;
import org.knockon.server.tls.PemFiles;
import org.knockon.server.tls.PemIdentity;

/** Reads the files that the feeds file names. Their content appears in no problem. */
final class FileValues {

    private final Path folder;

    /** @param folder that of the feeds file, to which paths are relative */
    FileValues(Path folder) {
        this.folder = folder;
    }

    private Optional<Path> path(Item item) {
        return Optional.ofNullable(item.text(null)).map(folder::resolve);
    }

    /** The bytes of a file that only its owner can read. */
    Optional<byte[]> secret(Item item) {
        Optional<Path> path = path(item);
        if (path.isEmpty()) {
            return Optional.empty();
        }
        try {
            FilePermissions.requirePrivate(path.get());
            return Optional.of(Files.readAllBytes(path.get()));
        } catch (IOException e) {
            rejectFile(item, path.get(), e);
            return Optional.empty();
        }
    }

    /** The only line of a file that only its owner can read. */
    private Optional<String> line(Item item) {
        Optional<Path> path = path(item);
        if (path.isEmpty()) {
            return Optional.empty();
        }
        try {
            FilePermissions.requirePrivate(path.get());
            String line = Utf8File.read(path.get()).replaceFirst("\\R\\z", "");
            if (!line.isBlank() && line.lines().count() == 1) {
                return Optional.of(line);
            }
            item.reject("'" + item.path() + "': " + path.get() + " must have one line", "");
        } catch (IOException e) {
            rejectFile(item, path.get(), e);
        }
        return Optional.empty();
    }

    Optional<Credential> token(Item item) {
        return line(item).map(line -> Credential.token(line.strip()));
    }

    Optional<Login> login(Item item) {
        Optional<String> line = line(item);
        int colon = line.map(text -> text.indexOf(':')).orElse(0);
        if (line.isPresent() && (colon < 1 || colon == line.get().length() - 1)) {
            item.reject("'" + item.path() + "': the file must contain user:password", "");
            return Optional.empty();
        }
        return line.map(text -> new Login(text.substring(0, colon), text.substring(colon + 1)));
    }

    /** A certificate with its key. Given one of them, the other is missing. */
    Optional<PemFiles> pem(Item certificate, Item key) {
        if (certificate.present() != key.present()) {
            Item given = certificate.present() ? certificate : key;
            given.reject("'" + given.path() + "' is given alone", "tlsCert and tlsKey belong together");
            return Optional.empty();
        }
        Optional<Path> chain = path(certificate);
        Optional<Path> secret = path(key);
        if (chain.isEmpty() || secret.isEmpty()) {
            return Optional.empty();
        }
        PemFiles files = new PemFiles(chain.get(), secret.get());
        try {
            PemIdentity.read(files);
            return Optional.of(files);
        } catch (IllegalArgumentException e) {
            certificate.reject("'" + certificate.path() + "': " + e.getMessage(), "");
            return Optional.empty();
        }
    }

    /** Certificates of authorities. */
    Optional<Path> authorities(Item item) {
        Optional<Path> path = path(item);
        try {
            path.ifPresent(PemCertificates::of);
            return path;
        } catch (IllegalArgumentException e) {
            item.reject("'" + item.path() + "': " + e.getMessage(), "");
            return Optional.empty();
        }
    }

    private static void rejectFile(Item item, Path path, IOException e) {
        String why = e instanceof NoSuchFileException
                ? "there is no file " + path
                : "cannot use " + (String.valueOf(e.getMessage()).startsWith(path.toString()) ? "" : path + ": ")
                        + e.getMessage();
        item.reject("'" + item.path() + "': " + why, "");
    }
}
