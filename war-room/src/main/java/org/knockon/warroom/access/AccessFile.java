package org.knockon.warroom.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.knockon.server.access.FilePermissions;
import org.knockon.server.access.Tokens;

/** The access file: JSON, readable only by its owner, replaced as a whole so that a reader never sees half of it. */
public final class AccessFile {

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Path path;

    public AccessFile(Path path) {
        this.path = path;
    }

    /**
     * Reads the file.
     *
     * @throws java.nio.file.NoSuchFileException if it does not exist
     * @throws IOException if it cannot be read, others may read or change it, or its content is invalid. The message
     *     never quotes it.
     */
    public AccessList read() throws IOException {
        FilePermissions.requirePrivate(path);
        try {
            AccessList list = JSON.readValue(Files.readAllBytes(path), AccessList.class);
            if (list == null) {
                throw new IOException("it contains null instead of a list; create it with 'knockon access'");
            }
            return list;
        } catch (JsonProcessingException e) {
            // Neither the parser's message nor the parser's exception as the cause: they quote the file, which may hold
            // a secret by mistake.
            throw new IOException(
                    e.getCause() instanceof IllegalArgumentException wrong
                            ? wrong.getMessage()
                            : "it is not in the format that 'knockon access' writes, near line "
                                    + (e.getLocation() == null
                                            ? 1
                                            : e.getLocation().getLineNr()));
        }
    }

    /**
     * Adds a user with a password.
     *
     * @throws IllegalArgumentException if the name is taken or invalid
     * @throws IOException if the file cannot be read or written
     */
    public void addUser(String name, Set<Role> roles, char[] password) throws IOException {
        String hash = Passwords.hash(password);
        change(list -> Optional.of(list.with(new AccessList.User(name, roles, hash))));
    }

    /**
     * Adds a token and returns it. It cannot be retrieved later.
     *
     * @param display whether it is for a display, which may only view
     * @throws IllegalArgumentException if the name is taken or invalid
     * @throws IOException if the file cannot be read or written
     */
    public String addToken(String name, Set<Role> roles, boolean display) throws IOException {
        String token = Tokens.random();
        change(list -> Optional.of(list.with(new AccessList.Token(name, roles, display, Tokens.hash(token)))));
        return token;
    }

    /**
     * Revokes the access of a user or token. A war room that uses the file applies this within two seconds.
     *
     * @return false if there is none with this name
     * @throws IOException if the file cannot be read or written
     */
    public boolean revoke(String name) throws IOException {
        // Fails if the file does not exist: revoking must not create it.
        read();
        return change(list -> list.without(name));
    }

    /**
     * One change at a time, or concurrent changes would overwrite each other. Uses a lock file, because the file itself
     * is replaced.
     */
    private boolean change(Function<AccessList, Optional<AccessList>> change) throws IOException {
        Path file = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
        Path folder = file.getParent();
        Path lock = folder.resolve("." + file.getFileName() + ".lock");
        synchronized (AccessFile.class) {
            try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                // Released when the channel is closed.
                channel.lock();
                Optional<AccessList> changed = change.apply(Files.exists(file) ? read() : AccessList.EMPTY);
                if (changed.isPresent()) {
                    write(changed.get(), file, folder);
                }
                return changed.isPresent();
            }
        }
    }

    private static void write(AccessList list, Path file, Path folder) throws IOException {
        // Created for the owner only, if the file system has owners.
        Path whole = Files.createTempFile(folder, ".access", ".json");
        try {
            if (Files.exists(file)) {
                // Root may edit the file of a service, and the service must still be able to read it.
                FilePermissions.copy(file, whole);
            }
            Files.write(whole, JSON.writeValueAsBytes(list));
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(whole);
        }
    }
}
