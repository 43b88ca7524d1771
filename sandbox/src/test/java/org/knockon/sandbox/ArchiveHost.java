package org.knockon.sandbox;

import java.nio.file.Path;

/** A JVM that downloads the registry's program into the cache folder of its argument and prints each step. */
final class ArchiveHost {
    private ArchiveHost() {}

    public static void main(String[] args) throws InterruptedException {
        SandboxOptions options =
                SandboxOptions.defaults().withCache(Path.of(args[0])).withProgress(System.out::println);
        System.out.println(new RegistryArchive(options).program());
    }
}
