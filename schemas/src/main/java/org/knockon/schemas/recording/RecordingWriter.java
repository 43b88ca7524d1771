package org.knockon.schemas.recording;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumWriter;
import org.knockon.avro.RecordingEnd;
import org.knockon.avro.RecordingSchema;
import org.knockon.schemas.registry.Registry;
import org.knockon.schemas.registry.RegistryException;
import org.knockon.schemas.registry.RegistryUnavailableException;
import org.knockon.schemas.wire.WireFormat;

/**
 * Writes a recording. Blocks of the file that are written stay readable, whatever happens to the process. For one
 * thread.
 *
 * <p>Valid: {@code create, write, write, flush, write, end, close}. Without {@code end} the file counts as cut short.
 */
public final class RecordingWriter implements AutoCloseable {

    private static final int FAST = 3;

    private final DataFileWriter<Object> out;
    private final Registry registry;
    /** Ids whose schemas are in the file, or that the registry does not have. */
    private final Set<Integer> seen = new HashSet<>();

    private long entries;

    private RecordingWriter(DataFileWriter<Object> out, Registry registry) {
        this.out = out;
        this.registry = registry;
    }

    /**
     * Creates the file, which only its owner can read, because it holds pseudonyms of patients.
     *
     * @param registry has the schemas that the records name
     * @throws java.nio.file.FileAlreadyExistsException if the file exists
     */
    @SuppressWarnings("resource") // the writer closes the stream
    public static RecordingWriter create(Path file, Manifest manifest, Registry registry) throws IOException {
        Files.createFile(file, ownerOnly());
        DataFileWriter<Object> out =
                new DataFileWriter<>(new SpecificDatumWriter<>(RecordingForm.UNION, RecordingForm.DATA));
        out.setCodec(CodecFactory.deflateCodec(FAST));
        out.setMeta(RecordingForm.KEY, RecordingForm.VERSION);
        out.create(
                RecordingForm.UNION, new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.WRITE)));
        out.append(RecordingForm.toAvro(manifest));
        out.flush();
        return new RecordingWriter(out, registry);
    }

    private static FileAttribute<?>[] ownerOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /**
     * Adds a record, and before it the schema that its value names.
     *
     * @throws RegistryUnavailableException if the schema cannot be read now
     */
    public void write(RecordedRecord record) throws IOException {
        OptionalInt id = WireFormat.idOf(record.value());
        if (id.isPresent() && seen.add(id.getAsInt())) {
            writeSchema(id.getAsInt());
        }
        out.append(RecordingForm.toAvro(record));
        entries++;
    }

    private void writeSchema(int id) throws IOException {
        Schema schema;
        try {
            schema = registry.byId(id);
        } catch (RegistryUnavailableException e) {
            throw e;
        } catch (RegistryException unknown) {
            // The pipeline cannot read the record either. It is recorded all the same.
            return;
        }
        out.append(new RecordingSchema(id, schema.toString()));
    }

    /** Number of records written. */
    public long entries() {
        return entries;
    }

    /** Ends the block of the file, so that a reader sees everything up to here. */
    public void flush() throws IOException {
        out.flush();
    }

    /** @param complete whether the recording reached its planned end */
    public void end(boolean complete) throws IOException {
        out.append(new RecordingEnd(entries, complete));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
