package org.knockon.streams.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** A committed file of stored values as bytes: one line for each, a label and hexadecimal digits. No test writes it. */
public final class GoldenBytes {

    private final Path file;
    private final Map<String, String> lines = new LinkedHashMap<>();

    /** @param form name of the file without its ending */
    public GoldenBytes(String form) {
        file = Path.of("src/test/resources/golden-state", form + ".hex");
        try {
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    String[] parts = line.split(" = ", 2);
                    lines.put(parts[0], parts[1]);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + file, e);
        }
    }

    public byte[] bytes(String label) {
        return HexFormat.of().parseHex(lines.get(label));
    }

    /** @param actual as written by this release, by label */
    public void assertEqualTo(Map<String, byte[]> actual) {
        Map<String, String> found = new LinkedHashMap<>();
        actual.forEach((label, bytes) -> found.put(label, HexFormat.of().formatHex(bytes)));
        assertThat(found)
                .as(
                        "The stored bytes of a form have changed, so this release would misread the state of the last"
                                + " one. Either undo the change; or, if it is intended, raise the version of the form, update"
                                + " %s and state in the changelog that users have to reset the application",
                        file)
                .containsExactlyEntriesOf(lines);
    }
}
