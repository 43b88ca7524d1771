package org.knockon.streams.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

class RocksDbMemoryTest {

    private static final long MIB = 1024L * 1024;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "68719476736, 17179869184",
        "1073741824, 268435456",
        "67108864, 16777216",
        "33554432, 16777216",
        "0, 16777216"
    })
    void theShareIsAQuarterButNeverLessThanTheLeast(long machine, long share) {
        assertThat(RocksDbMemory.share(machine)).isEqualTo(share);
    }

    @Test
    void seesTheMemoryOfTheMachineOrTheLimitOfItsContainer() throws IOException {
        long installed = Files.readAllLines(Path.of("/proc/meminfo")).stream()
                .filter(line -> line.startsWith("MemTotal:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElseThrow();

        assertThat(MachineMemory.bytes()).isPositive().isLessThanOrEqualTo(installed);
    }

    @Test
    void saysWhatToDoWhenTheNativeLibraryCannotBeMapped() {
        Throwable noexec = new UnsatisfiedLinkError(
                "/tmp/librocksdbjni1.so: /tmp/librocksdbjni1.so: failed to map segment from shared object");

        assertThat(RocksDbMemory.notLoaded(noexec, "/opt/native"))
                .isEqualTo("RocksDB cannot load its native library from /opt/native, which must be writable and allow"
                        + " programs to run (in a container: tmpfs with the option exec). Change that, or set the"
                        + " environment variable ROCKSDB_SHAREDLIB_DIR to such a folder (/tmp/librocksdbjni1.so:"
                        + " /tmp/librocksdbjni1.so: failed to map segment from shared object)");
        assertThat(RocksDbMemory.notLoaded(
                        new RuntimeException("Unable to load", new IOException("Read-only file system\nagain")), null))
                .startsWith("RocksDB cannot load its native library from " + System.getProperty("java.io.tmpdir") + ",")
                .endsWith("(Read-only file system)")
                .doesNotContain("\n");
    }

    /** Two stores, each of which would take up to 98 MB by Kafka's defaults, in 16 MiB. */
    @Test
    void storesShareTheLimit() throws RocksDBException {
        try (RocksDbMemory memory = new RocksDbMemory(RocksDbMemory.LEAST);
                Options options = options(memory);
                RocksDB first = RocksDB.open(options, folder.resolve("first").toString());
                RocksDB second = RocksDB.open(options, folder.resolve("second").toString());
                FlushOptions flush = new FlushOptions()) {
            long most = 0;
            for (int i = 0; i < 40_000; i++) {
                byte[] key = Integer.toString(i).getBytes(US_ASCII);
                first.put(key, new byte[1_000]);
                second.put(key, new byte[1_000]);
                most = Math.max(most, memory.used());
            }
            first.flush(flush);
            second.flush(flush);
            for (int i = 0; i < 40_000; i++) {
                first.get(Integer.toString(i).getBytes(US_ASCII));
                most = Math.max(most, memory.used());
            }

            assertThat(most).isBetween(RocksDbMemory.LEAST / 2, RocksDbMemory.LEAST + 4 * MIB);
        }
    }

    @Test
    void usesNothingOnceClosed() {
        RocksDbMemory memory = new RocksDbMemory(RocksDbMemory.LEAST);
        memory.close();
        memory.close();

        assertThat(memory.used()).isZero();
        assertThat(memory.limit()).isEqualTo(RocksDbMemory.LEAST);
    }

    private static Options options(RocksDbMemory memory) {
        Options options = new Options().setCreateIfMissing(true).setTableFormatConfig(new BlockBasedTableConfig());
        new RocksDbMemory.Setter().setConfig("store", options, Map.of(RocksDbMemory.CONFIG, memory));
        return options;
    }
}
