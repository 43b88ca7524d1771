package org.knockon.schemas.recording;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.specific.SpecificDatumReader;
import org.knockon.avro.RecordingEnd;
import org.knockon.avro.RecordingEntry;
import org.knockon.avro.RecordingManifest;
import org.knockon.avro.RecordingSchema;

/**
 * Reads a recording from its beginning. A file that was cut short ends after its last whole block. For one thread.
 *
 * <p>Valid: {@code open, next, next, ..., complete, close}.
 */
public final class RecordingReader implements AutoCloseable {

    private static final String NOT_A_RECORDING = " is not a recording; 'knockon record' writes one";

    private final Path file;
    private final WatchedStream in;
    private final DataFileStream<Object> data;
    private final Manifest manifest;
    private final RecordedSchemas schemas = new RecordedSchemas();
    private long entries;
    private boolean ended;
    private boolean complete;

    private RecordingReader(Path file, WatchedStream in, DataFileStream<Object> data) {
        this.file = file;
        this.in = in;
        this.data = data;
        if (!(datum() instanceof RecordingManifest first)) {
            throw new RecordingException(file + " was cut before its manifest; nothing of it can be read");
        }
        manifest = RecordingForm.fromAvro(first);
    }

    /** @throws RecordingException if there is no such file, or it is not a recording that this version reads */
    public static RecordingReader open(Path file) {
        WatchedStream in = null;
        try {
            in = new WatchedStream(new BufferedInputStream(Files.newInputStream(file)));
            RecordingReader reader = open(file, in);
            in = null;
            return reader;
        } catch (NoSuchFileException e) {
            throw new RecordingException("cannot read " + file + ": no such file", e);
        } catch (IOException e) {
            throw new RecordingException("cannot read " + file + ": " + e.getMessage(), e);
        } finally {
            closeQuietly(in);
        }
    }

    @SuppressWarnings("resource") // the caller closes the stream after a failure, the reader otherwise
    private static RecordingReader open(Path file, WatchedStream in) {
        DataFileStream<Object> data;
        try {
            data = new DataFileStream<>(
                    in, new SpecificDatumReader<>(RecordingForm.UNION, RecordingForm.UNION, RecordingForm.DATA));
        } catch (IOException | AvroRuntimeException e) {
            throw new RecordingException(file + NOT_A_RECORDING, e);
        }
        String version = data.getMetaString(RecordingForm.KEY);
        if (version == null) {
            throw new RecordingException(file + NOT_A_RECORDING);
        }
        if (!version.equals(RecordingForm.VERSION)) {
            throw new RecordingException(file + " is a recording of form " + version + ", and this version reads form "
                    + RecordingForm.VERSION + "; use a newer knockon");
        }
        return new RecordingReader(file, in, data);
    }

    public Manifest manifest() {
        return manifest;
    }

    /** The schemas that were read so far: all that the records up to here name. */
    public RecordedSchemas schemas() {
        return schemas;
    }

    /**
     * Returns the next record; empty at the end.
     *
     * @throws RecordingException if the file is damaged before its end
     */
    public Optional<RecordedRecord> next() {
        for (Object datum = datum(); datum != null; datum = datum()) {
            if (datum instanceof RecordingEntry entry) {
                entries++;
                Optional<RecordedRecord> record = RecordingForm.fromAvro(entry);
                if (record.isPresent()) {
                    return record;
                }
            } else if (datum instanceof RecordingSchema schema) {
                schemas.add(schema.getId(), schema.getJson());
            } else if (datum instanceof RecordingEnd end) {
                complete = end.getComplete();
            }
        }
        return Optional.empty();
    }

    /** Whether the recording reached its planned end; false if it was interrupted or cut. Known at the end. */
    public boolean complete() {
        return complete;
    }

    /** Returns null at the end of the file, or where it was cut. */
    private Object datum() {
        if (ended) {
            return null;
        }
        try {
            if (data.hasNext()) {
                return data.next();
            }
        } catch (RuntimeException e) {
            // Avro gives a block that ends too early several exceptions.
            if (!in.ended()) {
                throw new RecordingException(file + " is damaged after " + entries + " records: " + e.getMessage(), e);
            }
        }
        ended = true;
        return null;
    }

    @Override
    public void close() {
        closeQuietly(data);
    }

    private static void closeQuietly(AutoCloseable open) {
        try {
            if (open != null) {
                open.close();
            }
        } catch (Exception e) {
            // It was only read.
            return;
        }
    }

    /** Knows whether the end of the file was reached, which tells a cut from damage. */
    private static final class WatchedStream extends FilterInputStream {

        private boolean ended;

        WatchedStream(InputStream in) {
            super(in);
        }

        boolean ended() {
            return ended;
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            ended |= b < 0;
            return b;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int read = super.read(bytes, from, length);
            ended |= read < 0;
            return read;
        }
    }
}
