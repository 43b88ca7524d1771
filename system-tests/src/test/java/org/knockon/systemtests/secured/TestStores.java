package org.knockon.systemtests.secured;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The key and self-signed certificate of a server on the loopback interface, and a store that trusts it. Both are PKCS #12. */
record TestStores(Path key, Path trust) {

    static final String PASSWORD = "changeit";

    static TestStores in(Path folder) throws IOException, InterruptedException {
        TestStores stores = new TestStores(folder.resolve("key.p12"), folder.resolve("trust.p12"));
        Path certificate = folder.resolve("certificate.pem");
        keytool(
                stores.key,
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=ip:127.0.0.1,dns:localhost");
        keytool(stores.key, "-exportcert", "-rfc", "-file", certificate.toString());
        keytool(stores.trust, "-importcert", "-noprompt", "-file", certificate.toString());
        return stores;
    }

    private static void keytool(Path store, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-alias", "broker", "-keystore", store.toString(), "-storetype", "PKCS12"));
        command.addAll(List.of("-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
