package org.knockon.distribution;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Leaves one native library in RocksDB's jar, that of the Linux this runs on: the libraries of the other platforms are
 * nine tenths of it. The image's build calls this; a JRE has no tool that edits a jar.
 */
public final class RocksDbJar {

    private static final String NATIVE = "librocksdbjni-";

    /** Names of the libraries for glibc, by {@code os.arch}. */
    private static final Map<String, String> LIBRARIES = Map.of(
            "amd64", NATIVE + "linux64.so",
            "aarch64", NATIVE + "linux-aarch64.so",
            "ppc64le", NATIVE + "linux-ppc64le.so",
            "riscv64", NATIVE + "linux-riscv64.so",
            "s390x", NATIVE + "linux-s390x.so");

    private RocksDbJar() {}

    /** Rewrites the jar that the argument names. */
    public static void main(String[] args) throws IOException {
        if (args.length != 1) {
            System.err.println("knockon: expected one argument, the path of rocksdbjni-VERSION.jar");
            System.exit(2);
        }
        Path jar = Path.of(args[0]);
        long before = Files.size(jar);
        keepOnly(jar, System.getProperty("os.arch"));
        System.out.printf("%s: %,d of %,d bytes left%n", jar.getFileName(), Files.size(jar), before);
    }

    /**
     * Leaves the jar unchanged for an architecture that is not known here.
     *
     * @throws IllegalArgumentException if the jar has no library for the architecture; it is unchanged then
     */
    static void keepOnly(Path jar, String architecture) throws IOException {
        Optional<String> wanted = Optional.ofNullable(LIBRARIES.get(architecture));
        if (wanted.isEmpty()) {
            return;
        }
        Path smaller = Files.createTempFile(jar.toAbsolutePath().getParent(), "rocksdbjni", ".part");
        try {
            copy(jar, smaller, wanted.get());
            Files.setPosixFilePermissions(smaller, Files.getPosixFilePermissions(jar));
            Files.move(smaller, jar, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(smaller);
        }
    }

    private static void copy(Path jar, Path smaller, String wanted) throws IOException {
        try (ZipFile from = new ZipFile(jar.toFile());
                OutputStream file = Files.newOutputStream(smaller);
                ZipOutputStream to = new ZipOutputStream(file)) {
            if (from.getEntry(wanted) == null) {
                throw new IllegalArgumentException(jar + " has no " + wanted);
            }
            for (ZipEntry entry : Collections.list(from.entries())) {
                if (!entry.getName().startsWith(NATIVE) || entry.getName().equals(wanted)) {
                    ZipEntry copy = new ZipEntry(entry.getName());
                    copy.setTime(entry.getTime());
                    to.putNextEntry(copy);
                    from.getInputStream(entry).transferTo(to);
                    to.closeEntry();
                }
            }
        }
    }
}
