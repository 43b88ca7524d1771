package org.knockon.benchmarks.peers;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** A PostgreSQL server on a free loopback port, with its data in a temporary folder. Closing it removes both. */
final class Postgres implements AutoCloseable {

    static final String SHOWN = "POSTGRES";
    static final String SETTINGS =
            "shared_buffers 1 GiB, work_mem 64 MiB, jit off; index on the booked, analysed; load not timed";
    static final String DOES_LESS =
            "a query run on request, over rows already loaded and indexed; publishes nothing; one outage per service;"
                    + " outages given, not detected; no catalogue or tolerance; appointments at risk only, none postponed"
                    + " or unconfirmed";

    private static final String USER = "postgres";
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

    private final Path programs;
    private final Path folder;
    private final int port;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Postgres(Path programs, Path folder, int port) {
        this.programs = programs;
        this.folder = folder;
        this.port = port;
    }

    /** Installs Debian's package first, if it is missing and the user is root. */
    static Postgres start() throws IOException, InterruptedException {
        Path programs = programs().orElse(null);
        if (programs == null) {
            install();
            programs = programs().orElseThrow(() -> new IllegalStateException("no initdb in " + DEBIAN));
        }
        System.out.println("starting PostgreSQL");
        // The server refuses to run as root, so its own user creates the folder.
        Path folder = Path.of(
                run(List.of("mktemp", "-d", "/tmp/knockon-postgres-XXXXXX")).trim());
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Postgres server = new Postgres(programs, folder, port);
        server.program("initdb", "--username=" + USER, "--auth=trust", "--encoding=UTF8", "--locale=C");
        Runtime.getRuntime().addShutdownHook(new Thread(server::closeAtExit));
        server.program(
                "pg_ctl",
                "start",
                "--wait",
                "--log=" + folder.resolve("server.log"),
                "--options=-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=" + folder
                        + " -c shared_buffers=1GB -c work_mem=64MB -c jit=off");
        return server;
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres", USER, "");
    }

    String version() throws SQLException {
        try (Connection connection = connect();
                ResultSet answer = connection.createStatement().executeQuery("SHOW server_version")) {
            answer.next();
            return answer.getString(1);
        }
    }

    /** If the benchmark is interrupted. */
    private void closeAtExit() {
        try {
            close();
        } catch (IOException e) {
            System.err.println("PostgreSQL may still run, data in " + folder + ": " + e);
        }
    }

    @Override
    public void close() throws IOException {
        if (closed.getAndSet(true)) {
            return;
        }
        try {
            program("pg_ctl", "stop", "--wait", "--mode=immediate");
            run(List.of("rm", "-r", folder.toString()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopping PostgreSQL, data in " + folder);
        }
    }

    private void program(String name, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(programs.resolve(name).toString()));
        command.add("--pgdata=" + folder.resolve("data"));
        command.addAll(List.of(arguments));
        run(command);
    }

    /** The newest version that Debian has installed. */
    private static Optional<Path> programs() throws IOException {
        if (!Files.isDirectory(DEBIAN)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(DEBIAN)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.comparingInt(bin ->
                            Integer.parseInt(bin.getParent().getFileName().toString())));
        }
    }

    private static void install() throws IOException, InterruptedException {
        if (!root()) {
            throw new IllegalStateException(
                    "PostgreSQL is missing: run 'apt-get install postgresql' as root, or run this as root");
        }
        System.out.println("installing PostgreSQL with apt-get");
        output(new ProcessBuilder("apt-get", "update"));
        ProcessBuilder install =
                new ProcessBuilder("apt-get", "install", "--yes", "--no-install-recommends", "postgresql");
        install.environment().put("DEBIAN_FRONTEND", "noninteractive");
        output(install);
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(root() ? List.of("runuser", "-u", USER, "--") : List.<String>of());
        all.addAll(command);
        return output(new ProcessBuilder(all).directory(Path.of("/").toFile()));
    }

    private static boolean root() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** Sends the output to a file: a server that keeps running would keep a pipe open. */
    private static String output(ProcessBuilder program) throws IOException, InterruptedException {
        Path file = Files.createTempFile("knockon-bench", ".out");
        try {
            Process process = program.redirectErrorStream(true)
                    .redirectOutput(file.toFile())
                    .start();
            process.getOutputStream().close();
            int exit = process.waitFor();
            String text = Files.readString(file, StandardCharsets.UTF_8);
            if (exit != 0) {
                throw new IllegalStateException(program.command() + " ended with exit code " + exit + ": " + text);
            }
            return text;
        } finally {
            Files.delete(file);
        }
    }
}
