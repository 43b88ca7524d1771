package org.knockon.feeds.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.knockon.server.tls.SelfSignedCertificate;

/** A folder with the files that {@code complete.yaml} names. */
record FeedsFolder(Path path) {

    static FeedsFolder in(Path folder) throws IOException, InterruptedException {
        SelfSignedCertificate.write(List.of("localhost"), folder.resolve("cert.pem"), folder.resolve("key.pem"));
        Files.copy(folder.resolve("cert.pem"), folder.resolve("ca.pem"));
        FeedsFolder made = new FeedsFolder(folder);
        made.secret("pseudonym.key", "0123456789abcdef0123456789abcdef\n");
        made.secret("http.token", "a-token-of-readers\n");
        made.secret("am.token", "a-token-of-alertmanager\n");
        made.secret("ers.user", "ers:a-password\n");
        return made;
    }

    void secret(String name, String content) throws IOException {
        permit(Files.writeString(path.resolve(name), content), "rw-------");
    }

    static void permit(Path file, String permissions) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    Path file(String yaml) throws IOException {
        return Files.writeString(path.resolve("feeds.yaml"), yaml);
    }

    FeedsFile read(String yaml) throws IOException {
        return FeedsFileReader.read(file(yaml));
    }

    static String complete() throws IOException {
        try (InputStream in = FeedsFolder.class.getResourceAsStream("complete.yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
