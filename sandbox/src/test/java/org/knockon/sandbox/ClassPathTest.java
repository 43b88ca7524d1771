package org.knockon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassPathTest {
    @Test
    void startsWithThisModuleAndContainsTheBroker() throws Exception {
        List<Path> found = ClassPath.ofThisJvm();

        assertThat(found).first().isEqualTo(placeOf(Sandbox.class));
        assertThat(found)
                .contains(placeOf(KafkaRaftServer.class), placeOf(Admin.class))
                .doesNotHaveDuplicates();
    }

    @Test
    void followsJarsThatOnlyNameOtherEntries(@TempDir Path folder) throws Exception {
        Path classes = Files.createDirectory(folder.resolve("my classes"));
        Path library = jar(folder.resolve("library.jar"), "");
        Path nested = jar(folder.resolve("nested.jar"), "library.jar");
        Path naming = jar(folder.resolve("naming.jar"), classes.toUri() + " nested.jar missing.jar http://host/x.jar");

        assertThat(ClassPath.of(String.join(File.pathSeparator, naming.toString(), "", folder + "/absent.jar")))
                .containsExactly(naming, classes, nested, library);
    }

    private static Path jar(Path file, String classPath) throws Exception {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
        new JarOutputStream(Files.newOutputStream(file), manifest).close();
        return file;
    }

    private static Path placeOf(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
