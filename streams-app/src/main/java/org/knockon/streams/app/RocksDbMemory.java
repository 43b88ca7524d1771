package org.knockon.streams.app;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * The memory of all RocksDB stores of an instance: one block cache, which also holds indexes and filters, and one write
 * buffer manager whose memtables are charged to that cache. By default Kafka Streams gives each store its own, so that
 * memory would grow with the number of partitions.
 */
final class RocksDbMemory implements AutoCloseable {

    /** The smallest accepted size. */
    static final long LEAST = 16L * 1024 * 1024;

    /** Name under which Kafka Streams hands this object to {@link Setter}. */
    static final String CONFIG = "knockon.rocksdb.memory.shared";

    private static final int SHARE_OF_MACHINE = 4;
    private static final int SHARE_OF_MEMTABLES = 2;
    private static final double INDEXES_AND_FILTERS = 0.2;
    /** RocksDB's default of one MiB would let the first record of each store take that much. */
    private static final long ARENA_BLOCK = 256L * 1024;

    private final long limit;
    private final Cache cache;
    private final WriteBufferManager memtables;
    private boolean closed;

    /**
     * @param limit bytes
     * @throws SettingsException if the native library cannot be loaded
     */
    RocksDbMemory(long limit) {
        loadLibrary();
        this.limit = limit;
        cache = new LRUCache(limit, -1, false, INDEXES_AND_FILTERS);
        memtables = new WriteBufferManager(limit / SHARE_OF_MEMTABLES, cache);
    }

    /**
     * Default size for a machine or container: a quarter. The heap takes up to 40 %; the rest is for the JVM itself and
     * for the operating system's cache of files.
     */
    static long share(long machineBytes) {
        return Math.max(LEAST, machineBytes / SHARE_OF_MACHINE);
    }

    /** In a stream thread it would end that thread only, and a second attempt in the same process never returns. */
    private static void loadLibrary() {
        try {
            RocksDB.loadLibrary();
        } catch (LinkageError | RuntimeException e) {
            throw new SettingsException(notLoaded(e, System.getenv("ROCKSDB_SHAREDLIB_DIR")));
        }
    }

    /** @param folder value of {@code ROCKSDB_SHAREDLIB_DIR}; null if it is not set */
    static String notLoaded(Throwable failure, String folder) {
        Throwable cause =
                failure instanceof RuntimeException && failure.getCause() != null ? failure.getCause() : failure;
        String where = folder == null || folder.isEmpty() ? System.getProperty("java.io.tmpdir") : folder;
        return "RocksDB cannot load its native library from " + where
                + ", which must be writable and allow programs to run (in a container: tmpfs with the option exec)."
                + " Change that, or set the environment variable ROCKSDB_SHAREDLIB_DIR to such a folder ("
                + String.valueOf(cause.getMessage()).lines().findFirst().orElse("no reason given") + ")";
    }

    long limit() {
        return limit;
    }

    /** Bytes in the block cache and in memtables; 0 once closed. */
    synchronized long used() {
        return closed ? 0 : cache.getUsage();
    }

    private void configure(Options options) {
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(cache);
        table.setCacheIndexAndFilterBlocks(true);
        table.setCacheIndexAndFilterBlocksWithHighPriority(true);
        table.setPinTopLevelIndexAndFilter(true);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(memtables);
        options.setArenaBlockSize(ARENA_BLOCK);
    }

    /** Call after all stores are closed: RocksDB keeps what an open store still uses. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            memtables.close();
            cache.close();
        }
    }

    /** Kafka Streams creates one for each store. */
    public static final class Setter implements RocksDBConfigSetter {

        @Override
        public void setConfig(String store, Options options, Map<String, Object> configs) {
            ((RocksDbMemory) configs.get(CONFIG)).configure(options);
        }

        @Override
        public void close(String store, Options options) {
            // Cache and memtables belong to the whole instance.
        }
    }
}
