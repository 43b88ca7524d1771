package org.knockon.warroom.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The access file on disk. */
@Timeout(60)
class AccessFileTest {

    @TempDir
    private Path folder;

    private Path path;
    private AccessFile file;

    @BeforeEach
    void name() {
        path = folder.resolve("access.json");
        file = new AccessFile(path);
    }

    @Test
    void storesHashesForItsOwnerOnly() throws Exception {
        file.addUser("ana", Set.of(Role.VIEWER), "correct horse battery".toCharArray());
        String token = file.addToken("tv", Set.of(Role.VIEWER), true);
        assertThat(Files.readString(path)).contains("pbkdf2-sha256$600000$").doesNotContain(token, "correct horse");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        assertThat(token).hasSizeGreaterThan(42).isNotEqualTo(file.addToken("tv2", Set.of(Role.VIEWER), true));
    }

    @Test
    void isReadAsAnEditorOfWindowsSavesItAndRefusedWhereItIsNotUtf8() throws Exception {
        file.addToken("tv", Set.of(Role.VIEWER), true);
        String written = Files.readString(path);
        Files.write(path, ("\uFEFF" + written.replace("\n", "\r\n")).getBytes(StandardCharsets.UTF_8));
        assertThat(file.read().tokens()).hasSize(1);

        Files.write(path, written.replace("tv", "t\u00e9v").getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(file::read).isInstanceOf(IOException.class).hasMessageContaining("near line");
    }

    @Test
    void isRejectedIfOthersMayReadOrChangeIt() throws Exception {
        file.addToken("tv", Set.of(Role.VIEWER), true);
        for (String open : List.of("rw----r--", "rw--w----", "rw-----w-")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(open));
            assertThatThrownBy(file::read)
                    .as(open)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("chmod 600");
        }
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("r--r-----"));
        assertThat(file.read().tokens()).as("like a mounted secret").hasSize(1);
    }

    @Test
    void keepsItsOwnerGroupAndPermissions() throws Exception {
        file.addToken("tv", Set.of(Role.VIEWER), true);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r-----"));
        file.addToken("other", Set.of(Role.VIEWER), true);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-r-----");
        Path link = Files.createSymbolicLink(folder.resolve("link.json"), path);
        assertThat(new AccessFile(link).revoke("other")).isTrue();
        assertThat(link).isSymbolicLink();
        assertThat(file.read().tokens()).extracting(AccessList.Token::name).containsExactly("tv");
    }

    @Test
    void losesNothingWithConcurrentChanges() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            List<Callable<String>> adding = IntStream.range(0, 20)
                    .<Callable<String>>mapToObj(
                            i -> () -> new AccessFile(path).addToken("tv" + i, Set.of(Role.VIEWER), true))
                    .toList();
            for (Future<String> one : pool.invokeAll(adding)) {
                assertThat(one.get()).isNotBlank();
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(file.read().tokens()).hasSize(20);
    }

    @Test
    void reportsProblemsWithoutQuotingTheFile() throws Exception {
        write("{\"users\": [{\"name\": \"eve\", \"roles\": [\"viewer\"], \"password\": \"plain text\"}]}");
        assertThatThrownBy(file::read).hasMessageContaining("eve").hasMessageNotContaining("plain");
        write("{\"tokens\": [\n  hunter2secret\n]}");
        assertThatThrownBy(file::read)
                .hasMessageContaining("line 2")
                .hasMessageNotContaining("hunter2")
                .hasNoCause();
        write("{\"tokens\": [{\"name\": \"tv\", \"roles\": [\"rebooking\"], \"display\": true, \"sha256\": \""
                + "0".repeat(64) + "\"}]}");
        assertThatThrownBy(file::read).hasMessageContaining("tv is a display");
        write("{\"tokens\": [{\"name\": \"tv\", \"roles\": [], \"display\": true, \"sha256\": \"0\"}]}");
        assertThatThrownBy(file::read)
                .hasMessageContaining("needs at least one role")
                .hasMessageContaining("64 hexadecimal");
    }

    @Test
    void rejectsJsonThatIsNotAnAccessList() throws Exception {
        for (String odd : List.of(
                "null",
                "",
                "7",
                "[]",
                "{} {}",
                "{\"users\": [null]}",
                "{\"tokens\": [null]}",
                "{\"tokens\": [{\"name\": \"tv\", \"roles\": [null], \"sha256\": \"\"}]}")) {
            write(odd);
            assertThatThrownBy(file::read)
                    .as(odd)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("knockon access");
        }
    }

    @Test
    void rejectsTakenAndInvalidNames() throws Exception {
        file.addToken("ana", Set.of(Role.VIEWER), true);
        assertThatThrownBy(() -> file.addUser("ana", Set.of(Role.VIEWER), new char[] {'x'}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name ana occurs more than once");
        assertThatThrownBy(() -> file.addToken("a b", Set.of(Role.VIEWER), true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a b");
        assertThat(file.revoke("bob")).isFalse();
        assertThatThrownBy(() -> new AccessFile(folder.resolve("none.json")).revoke("ana"))
                .isInstanceOf(NoSuchFileException.class);
        assertThat(folder.resolve("none.json")).doesNotExist();
    }

    private void write(String text) throws IOException {
        Files.writeString(path, text);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    }
}
