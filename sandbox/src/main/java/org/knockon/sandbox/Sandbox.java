package org.knockon.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.knockon.sandbox.SandboxException.Problem;

/**
 * A real single-node Kafka broker and a real schema registry on this machine, each in its own process. Both end when
 * this object is closed, and when the JVM that started them ends for any reason. A temporary folder is deleted with
 * them.
 *
 * <p>Valid: {@code start, use, close the clients, close}. Invalid: a second {@code start} on the same folder while the
 * first is open.
 */
public final class Sandbox implements AutoCloseable {
    private static final long NEEDED_MEBIBYTES = 256;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Path folder;
    private final boolean temporary;
    private final SandboxOptions options;
    private volatile Server broker;
    private volatile Server registry;

    private Sandbox(Path folder, boolean temporary, SandboxOptions options, Server broker, Server registry) {
        this.folder = folder;
        this.temporary = temporary;
        this.options = options;
        this.broker = broker;
        this.registry = registry;
    }

    /**
     * Starts both processes and returns once both accept clients.
     *
     * @throws SandboxException when they cannot start; then no process and no temporary folder is left behind
     */
    public static Sandbox start(SandboxOptions options) {
        long begin = System.nanoTime();
        Ports.check(options.brokerPort(), Broker.NAME);
        Ports.check(options.registryPort(), Registry.NAME);
        boolean temporary = options.folder().isEmpty();
        Path folder = createFolder(options);
        options.progress().accept("starting the broker and the registry");
        ExecutorService threads = Executors.newFixedThreadPool(2, work -> {
            Thread thread = new Thread(work, "knockon-sandbox-start");
            thread.setDaemon(true);
            return thread;
        });
        CompletionService<Server> starts = new ExecutorCompletionService<>(threads);
        Future<Server> broker = starts.submit(() -> startBroker(folder, temporary, options.brokerPort(), options));
        Future<Server> registry =
                starts.submit(() -> startRegistry(folder, temporary, options.registryPort(), options));
        try {
            // The first failure aborts the start of the other.
            starts.take().get();
            starts.take().get();
            Sandbox sandbox = new Sandbox(folder, temporary, options, broker.get(), registry.get());
            double seconds = (System.nanoTime() - begin) / NANOS_PER_SECOND;
            options.progress().accept(String.format(Locale.ROOT, "ready in %.1f s", seconds));
            return sandbox;
        } catch (ExecutionException e) {
            abandon(threads, List.of(broker, registry), folder, temporary);
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            abandon(threads, List.of(broker, registry), folder, temporary);
            Thread.currentThread().interrupt();
            throw new SandboxException(Problem.PROCESS, "The start was interrupted.", "start again.", e);
        } finally {
            threads.shutdown();
        }
    }

    /**
     * Downloads the registry's program, verifies it and writes it to a file, for {@link
     * SandboxOptions#withRegistryArchive} on a machine without Maven.
     *
     * @throws SandboxException when the file exists, or cannot be downloaded or written
     */
    public static void writeRegistryArchive(SandboxOptions options, Path file) {
        try {
            new RegistryArchive(options).write(file);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException(Problem.PROCESS, "The download was interrupted.", "start again.", e);
        }
    }

    /** {@code host:port} of the broker. */
    public String bootstrapServers() {
        return Ports.HOST + ":" + broker.port();
    }

    /** The registry's URL for clients of Confluent's API. */
    public String schemaRegistryUrl() {
        return Registry.url(registry.port());
    }

    /**
     * The folder with the data and the logs of both processes: {@code broker/broker.log}, {@code
     * registry/registry.log}.
     */
    public Path folder() {
        return folder;
    }

    /** The broker's process id, for measuring or killing it. */
    public long brokerPid() {
        return broker.process().pid();
    }

    /** The registry's process id, for measuring or killing it. */
    public long registryPid() {
        return registry.process().pid();
    }

    /**
     * Stops the broker and starts it again on the same port with the same data. The stop is orderly if the folder is
     * kept, and immediate if it is temporary. Do not call this while the sandbox is being closed.
     *
     * @throws SandboxException when the broker does not start again
     */
    public void restartBroker() throws InterruptedException {
        broker.process().close();
        broker = startBroker(folder, temporary, broker.port(), options);
    }

    /** Stops the registry and starts it again, like {@link #restartBroker}. */
    public void restartRegistry() throws InterruptedException {
        registry.process().close();
        registry = startRegistry(folder, temporary, registry.port(), options);
    }

    /**
     * Completes when one of the current processes ends for any reason, with its name: {@code broker} or {@code
     * registry}.
     */
    public CompletableFuture<String> ended() {
        CompletableFuture<String> brokerEnded = broker.process().ended().thenApply(process -> Broker.NAME);
        CompletableFuture<String> registryEnded = registry.process().ended().thenApply(process -> Registry.NAME);
        return brokerEnded.applyToEither(registryEnded, name -> name);
    }

    /** Why the broker or the registry ended unexpectedly, for the user; empty while both run. */
    public Optional<String> failure() {
        return Stream.of(broker, registry)
                .map(Server::process)
                .filter(ChildProcess::hasEnded)
                .map(ChildProcess::exitReason)
                .findFirst();
    }

    /** Ends both processes and waits for them; deletes the folder if it is temporary. Closing again does nothing. */
    @Override
    public void close() {
        broker.process().stop();
        registry.process().stop();
        broker.process().close();
        registry.process().close();
        if (temporary) {
            Folders.delete(folder);
        }
    }

    private static Server startBroker(Path folder, boolean temporary, int wanted, SandboxOptions options)
            throws InterruptedException {
        return Server.start(
                Broker.NAME, wanted, port -> Broker.start(folder.resolve(Broker.NAME), temporary, port, options));
    }

    private static Server startRegistry(Path folder, boolean temporary, int wanted, SandboxOptions options)
            throws InterruptedException {
        Path program = new RegistryArchive(options).program();
        return Server.start(
                Registry.NAME,
                wanted,
                port -> Registry.start(program, folder.resolve(Registry.NAME), temporary, port, options));
    }

    private static Path createFolder(SandboxOptions options) {
        Path wanted = options.folder()
                .map(Path::toAbsolutePath)
                .orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath());
        boolean named = options.folder().isPresent();
        try {
            if (named) {
                Files.createDirectories(wanted);
            }
            Folders.requireSpace(wanted, NEEDED_MEBIBYTES);
            Path folder = named ? wanted : Files.createTempDirectory(wanted, "knockon-sandbox-");
            Files.createDirectories(folder.resolve(Broker.NAME));
            Files.createDirectories(folder.resolve(Registry.NAME));
            return folder;
        } catch (IOException e) {
            throw Folders.unusable(wanted, e);
        }
    }

    private static void abandon(ExecutorService threads, List<Future<Server>> started, Path folder, boolean temporary) {
        threads.shutdownNow();
        boolean interrupted = Thread.interrupted();
        try {
            threads.awaitTermination(1, TimeUnit.MINUTES);
            for (Future<Server> server : started) {
                try {
                    server.get(0, TimeUnit.SECONDS).process().close();
                } catch (ExecutionException | TimeoutException notStarted) {
                    // It has already cleaned up.
                }
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (temporary) {
            Folders.delete(folder);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
