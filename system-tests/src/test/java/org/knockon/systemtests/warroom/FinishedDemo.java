package org.knockon.systemtests.warroom;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.knockon.systemtests.ChildCommand;
import org.knockon.systemtests.SharedSandbox;

/**
 * One finished replay of the demo for all tests in a JVM, with its wall. Tests may read everything; none may stop it or
 * publish to its topics.
 */
final class FinishedDemo implements ParameterResolver {

    /** The process of the replay, and where its results are. */
    @SuppressWarnings("try") // JUnit closes it, and reports an interrupt
    static final class Run implements AutoCloseable {

        /** Name of the run. */
        static final String NAME = "demo";

        private final Path folder;
        private final String prefix;
        private final ChildCommand replay;
        private final String address;

        private Run(SharedSandbox.Place place) {
            String mine = place.prefix();
            prefix = mine + "replay." + NAME + ".";
            String[] reach = place.arguments();
            try {
                folder = Files.createTempDirectory("knockon-demo");
                replay = ChildCommand.start(
                        folder,
                        "replay",
                        "pas-outage-demo",
                        "--keep",
                        "--run",
                        NAME,
                        "--prefix",
                        mine,
                        reach[0],
                        reach[1],
                        reach[2],
                        reach[3]);
                address = replay.awaitLine(line -> line.startsWith("wall display: "))
                        .substring("wall display: ".length())
                        .replace("/wall", "");
                replay.awaitLine(line -> line.startsWith("Everything is still running"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Prefix of its topics. */
        String prefix() {
            return prefix;
        }

        /** Address of its server, to which a path is appended. */
        String address() {
            return address;
        }

        /** What it has logged, of all tests so far. */
        String err() throws IOException {
            return replay.err();
        }

        @Override
        public void close() throws Exception {
            replay.close();
            replay.awaitExit(60);
            List<Path> files;
            try (Stream<Path> all = Files.walk(folder)) {
                files = all.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path file : files) {
                Files.delete(file);
            }
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Run.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        SharedSandbox.Place place = SharedSandbox.place(context);
        // The store of the root ends with each class, because the build runs the classes of a JVM one by one.
        return context.getStore(
                        ExtensionContext.StoreScope.LAUNCHER_SESSION,
                        ExtensionContext.Namespace.create(FinishedDemo.class))
                .computeIfAbsent(Run.class, key -> new Run(place), Run.class);
    }
}
