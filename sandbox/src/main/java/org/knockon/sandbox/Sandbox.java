package org.knockon.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.knockon.sandbox.SandboxException.Problem;

/**
 * A real single-node Kafka broker and a real schema registry on this machine, each a process of its own. Both end when this is closed
 * and when the JVM that started them ends, however it does; programs that use them should be closed before. Data in a
 * temporary folder goes with them.
 *
 * <p>Right: {@code start, use, close}. Wrong: {@code start, start} on one folder while the first is open.
 */
public final class Sandbox implements AutoCloseable {
    private static final String BROKER = "broker";
    private static final String REGISTRY = "registry";
    private static final double NANOS_PER_SECOND = 1e9;

    private final Path folder;
    private final boolean temporary;
    private final int brokerPort;
    private final int registryPort;
    private final ChildProcess broker;
    private final ChildProcess registry;

    private Sandbox(
            Path folder,
            boolean temporary,
            int brokerPort,
            int registryPort,
            ChildProcess broker,
            ChildProcess registry) {
        this.folder = folder;
        this.temporary = temporary;
        this.brokerPort = brokerPort;
        this.registryPort = registryPort;
        this.broker = broker;
        this.registry = registry;
    }

    /**
     * Starts both and returns once both serve.
     *
     * @throws SandboxException when that cannot be; then nothing is left running and no temporary folder is left behind
     */
    public static Sandbox start(SandboxOptions options) {
        long begin = System.nanoTime();
        int brokerPort = Ports.check(options.brokerPort(), BROKER);
        int registryPort = Ports.check(options.registryPort(), REGISTRY);
        boolean temporary = options.folder().isEmpty();
        Path folder = createFolder(options);
        options.progress().accept("starting the broker and the registry");
        CompletableFuture<ChildProcess> registry = inThread(
                REGISTRY,
                () -> Registry.start(
                        new RegistryArchive(options).program(),
                        folder.resolve(REGISTRY),
                        temporary,
                        registryPort,
                        options));
        CompletableFuture<ChildProcess> broker =
                inThread(BROKER, () -> Broker.start(folder.resolve(BROKER), temporary, brokerPort, options));
        try {
            Sandbox sandbox =
                    new Sandbox(folder, temporary, brokerPort, registryPort, broker.join(), registry.join());
            double seconds = (System.nanoTime() - begin) / NANOS_PER_SECOND;
            options.progress().accept(String.format(Locale.ROOT, "ready in %.1f s", seconds));
            return sandbox;
        } catch (CompletionException e) {
            broker.thenAccept(ChildProcess::close).exceptionally(failed -> null).join();
            registry.thenAccept(ChildProcess::close).exceptionally(failed -> null).join();
            if (temporary) {
                Folders.deleteQuietly(folder);
            }
            throw e.getCause() instanceof SandboxException known ? known : e;
        }
    }

    /** {@code host:port} of the broker. */
    public String bootstrapServers() {
        return Ports.HOST + ":" + brokerPort;
    }

    /** The registry's URL for clients that speak Confluent's API. */
    public String schemaRegistryUrl() {
        return Registry.url(registryPort);
    }

    /** Where the data and the logs of both processes are. */
    public Path folder() {
        return folder;
    }

    /** Ends both processes; returns when they are gone, and the folder with them if it is temporary. */
    @Override
    public void close() {
        broker.stop();
        registry.stop();
        broker.close();
        registry.close();
        if (temporary) {
            Folders.deleteQuietly(folder);
        }
    }

    private static Path createFolder(SandboxOptions options) {
        try {
            Path folder = options.folder().isPresent()
                    ? Files.createDirectories(options.folder().get().toAbsolutePath())
                    : Files.createTempDirectory("knockon-sandbox-");
            Files.createDirectories(folder.resolve(BROKER));
            Files.createDirectories(folder.resolve(REGISTRY));
            return folder;
        } catch (IOException e) {
            throw new SandboxException(
                    Problem.FOLDER,
                    "Cannot create the sandbox's folder "
                            + options.folder().map(Path::toString).orElse("in " + System.getProperty("java.io.tmpdir"))
                            + ": " + e,
                    "make sure that the folder is writable and its disk is not full, or choose another folder.",
                    e);
        }
    }

    private static CompletableFuture<ChildProcess> inThread(String name, Callable<ChildProcess> start) {
        CompletableFuture<ChildProcess> result = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        result.complete(start.call());
                    } catch (Exception e) {
                        result.completeExceptionally(e);
                    }
                },
                "sandbox-start-" + name);
        thread.setDaemon(true);
        thread.start();
        return result;
    }
}
