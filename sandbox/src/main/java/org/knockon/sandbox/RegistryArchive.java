package org.knockon.sandbox;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.knockon.sandbox.SandboxException.Problem;

/**
 * The program of Apicurio Registry: downloaded once with the user's own Maven (whose settings, mirrors and proxies
 * apply) or taken from a file that the user names, verified, and unpacked into a cache folder. Processes that need it
 * at the same time wait for the first.
 */
final class RegistryArchive {
    static final String RUNNER = "apicurio-registry-app-3.0.9-runner.jar";

    private static final String PROGRAM = "apicurio-registry-3.0.9";
    private static final String PART = ".part-";
    private static final String ARTIFACT = "io.apicurio:apicurio-registry-app:3.0.9:tar.gz:all";
    private static final String SHA_256 = "2b28181501a20cbf6efcd77f9b7153908fc01f3d3a7c32024c0bd9e1b04c8a43";

    /**
     * The last version that downloads an artifact without its descriptor. The parent of Apicurio's is not on Maven
     * Central.
     */
    private static final String GET = "org.apache.maven.plugins:maven-dependency-plugin:2.10:get";

    private static final String FROM_A_FILE = "write the archive where Maven runs, with"
            + " `knockon sandbox --write-registry-archive FILE`, copy it, and name it here with --registry-archive FILE.";

    private static final long NEEDED_MEBIBYTES = 250;
    private static final ReentrantLock ONE_IN_THIS_JVM = new ReentrantLock();

    private final SandboxOptions options;
    private final Path cache;
    private final Path program;

    RegistryArchive(SandboxOptions options) {
        this.options = options;
        this.cache = options.cache().toAbsolutePath();
        this.program = cache.resolve(PROGRAM);
    }

    /**
     * Returns the folder of the unpacked program, installing it first if necessary. Once the folder exists it is
     * complete.
     */
    Path program() throws InterruptedException {
        // Even if the program is there already: a wrong file must not go unnoticed until the cache is deleted.
        options.registryArchive().ifPresent(RegistryArchive::verifyNamed);
        if (Files.exists(program)) {
            return program;
        }
        ONE_IN_THIS_JVM.lockInterruptibly();
        try {
            Files.createDirectories(cache);
            try (FileChannel channel = FileChannel.open(
                    cache.resolve(PROGRAM + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                if (channel.tryLock() == null) {
                    options.progress().accept("waiting for another process to download the registry");
                    channel.lock();
                }
                if (!Files.exists(program)) {
                    deleteLeftovers();
                    install();
                }
            }
        } catch (IOException e) {
            throw Folders.unusable(cache, e);
        } finally {
            ONE_IN_THIS_JVM.unlock();
        }
        return program;
    }

    /**
     * Downloads the archive and writes it to a file, for machines without Maven.
     *
     * @throws SandboxException also if the file exists
     */
    void write(Path file) throws InterruptedException {
        Path target = file.toAbsolutePath();
        if (Files.exists(target)) {
            throw new SandboxException(
                    Problem.FOLDER, target + " exists already.", "choose another name, or delete that file.");
        }
        try {
            Path work = Files.createTempDirectory(target.getParent(), PROGRAM + PART);
            try {
                options.progress().accept("downloading the registry, 109 MB");
                Path archive = download(work);
                verifyDownloaded(archive);
                Files.move(archive, target);
            } finally {
                Folders.delete(work);
            }
        } catch (IOException e) {
            throw Folders.unusable(target.getParent(), e);
        }
    }

    private void deleteLeftovers() throws IOException {
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(cache, PROGRAM + PART + "*")) {
            leftovers.forEach(Folders::delete);
        }
    }

    private void install() throws IOException, InterruptedException {
        Folders.requireSpace(cache, NEEDED_MEBIBYTES);
        Path work = Files.createTempDirectory(cache, PROGRAM + PART);
        try {
            Path archive;
            Optional<Path> named = options.registryArchive();
            if (named.isPresent()) {
                archive = named.get().toAbsolutePath();
            } else {
                options.progress().accept("downloading the registry, 109 MB (once)");
                archive = download(work);
                verifyDownloaded(archive);
            }
            options.progress().accept("unpacking the registry (once)");
            Path unpacked = Files.createDirectory(work.resolve("unpacked"));
            unpack(archive, unpacked, work);
            Files.move(unpacked, program, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Folders.delete(work);
        }
    }

    private Path download(Path work) throws IOException, InterruptedException {
        Path archive = work.resolve("registry.tar.gz");
        List<String> command = new ArrayList<>(List.of(
                options.maven(), "-B", GET, "-Dartifact=" + ARTIFACT, "-Dtransitive=false", "-Ddest=" + archive));
        // Set when this JVM is a test in a build with another local repository.
        String repository = System.getProperty("maven.repo.local");
        if (repository != null) {
            command.add("-Dmaven.repo.local=" + repository);
        }
        String remedy = "make sure that `" + options.maven() + "` runs and reaches Maven Central or your mirror of it,"
                + " then try again. This download is needed only once."
                + " On a machine without Maven: " + FROM_A_FILE;
        Outcome outcome;
        try {
            outcome = run(command, work);
        } catch (IOException e) {
            throw new SandboxException(
                    Problem.DOWNLOAD, "The registry cannot be downloaded: " + e.getMessage() + ".", remedy, e);
        }
        if (outcome.exit() != 0 || !Files.exists(archive)) {
            throw new SandboxException(
                    Problem.DOWNLOAD,
                    "The registry cannot be downloaded. Output of `" + String.join(" ", command) + "`:"
                            + System.lineSeparator() + outcome.error(),
                    remedy);
        }
        return archive;
    }

    private static void verifyNamed(Path archive) {
        String actual;
        try {
            actual = sha256(archive);
        } catch (IOException e) {
            throw new SandboxException(
                    Problem.DOWNLOAD, "The registry's archive cannot be read: " + e + ".", FROM_A_FILE, e);
        }
        if (!actual.equals(SHA_256)) {
            throw new SandboxException(
                    Problem.DOWNLOAD,
                    archive + " is not the archive of the released registry: SHA-256 " + actual + " instead of "
                            + SHA_256 + ".",
                    FROM_A_FILE);
        }
    }

    private static void verifyDownloaded(Path archive) throws IOException {
        String actual = sha256(archive);
        if (!actual.equals(SHA_256)) {
            throw new SandboxException(
                    Problem.DOWNLOAD,
                    "The downloaded registry differs from the released one: SHA-256 " + actual + " instead of "
                            + SHA_256 + ".",
                    "delete io/apicurio/apicurio-registry-app from your local Maven repository and try again; if the"
                            + " difference remains, ask the operator of your Maven mirror.");
        }
    }

    private static void unpack(Path archive, Path folder, Path work) throws IOException, InterruptedException {
        Outcome outcome;
        try {
            outcome = run(List.of("tar", "-xzof", archive.toString(), "-C", folder.toString()), work);
        } catch (IOException e) {
            throw new SandboxException(
                    Problem.DOWNLOAD, "The registry cannot be unpacked: " + e.getMessage() + ".", "install tar.", e);
        }
        if (outcome.exit() != 0 || !Files.exists(folder.resolve(RUNNER))) {
            throw new SandboxException(
                    Problem.FOLDER,
                    "The registry cannot be unpacked: " + outcome.error(),
                    "make sure that the disk of " + folder + " has 250 MB free, or choose another cache folder.");
        }
    }

    private record Outcome(int exit, String error) {}

    /**
     * Runs a command without input. Keeps the first line of output that mentions an error, or all output if none does.
     */
    private static Outcome run(List<String> command, Path work) throws IOException, InterruptedException {
        Path output = work.resolve("output.txt");
        Process process = new ProcessBuilder(command)
                .directory(work.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            int exit = process.waitFor();
            String all = new String(Files.readAllBytes(output), ChildProcess.NATIVE);
            String error = all.lines()
                    .filter(line -> line.contains("ERROR"))
                    .findFirst()
                    .orElse(all.strip());
            return new Outcome(exit, error);
        } finally {
            process.destroyForcibly();
        }
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
