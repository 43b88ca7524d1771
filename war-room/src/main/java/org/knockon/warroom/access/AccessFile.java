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

/** The access file: JSON, for its owner alone, replaced as a whole so that a reader never sees half of it. */
public final class AccessFile {

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Path path;

    public AccessFile(Path path) {
        this.path = path;
    }

    /**
     * What it holds.
     *
     * @throws java.nio.file.NoSuchFileException when there is none
     * @throws IOException when it cannot be read, others could change or read it, or it says something impossible; in words that
     *     quote nothing of it
     */
    public AccessList read() throws IOException {
        FilePermissions.require(path);
        try {
            AccessList list = JSON.readValue(Files.readAllBytes(path), AccessList.class);
            if (list == null) {
                throw new IOException("it holds null and no list; 'knockon access' makes one");
            }
            return list;
        } catch (JsonProcessingException e) {
            // Not the parser's words, nor it as the cause: it quotes what might be a secret that was put there by
            // mistake.
            throw new IOException(
                    e.getCause() instanceof IllegalArgumentException wrong
                            ? wrong.getMessage()
                            : "it is not as 'knockon access' writes it, near line "
                                    + (e.getLocation() == null
                                            ? 1
                                            : e.getLocation().getLineNr()));
        }
    }

    /**
     * Adds somebody who has a password.
     *
     * @throws IllegalArgumentException when the name is taken or impossible
     * @throws IOException when the file cannot be read or written
     */
    public void addUser(String name, Set<Role> roles, char[] password) throws IOException {
        String hash = Passwords.hash(password);
        change(list -> Optional.of(list.with(new AccessList.User(name, roles, hash))));
    }

    /**
     * Adds a token and returns it; it cannot be had a second time.
     *
     * @param display whether it is for a display, which may view and nothing else
     * @throws IllegalArgumentException when the name is taken or impossible
     * @throws IOException when the file cannot be read or written
     */
    public String addToken(String name, Set<Role> roles, boolean display) throws IOException {
        String token = Tokens.random();
        change(list -> Optional.of(list.with(new AccessList.Token(name, roles, display, Tokens.hash(token)))));
        return token;
    }

    /**
     * Takes the access of a user or token away. A war room that uses the file knows within two seconds.
     *
     * @return false where there is none of this name
     * @throws IOException when the file cannot be read or written
     */
    public boolean revoke(String name) throws IOException {
        // Not made by what only takes away.
        read();
        return change(list -> list.without(name));
    }

    /** One after the other, or two at the same time would undo each other's. The file itself cannot be locked, for it is replaced. */
    private boolean change(Function<AccessList, Optional<AccessList>> change) throws IOException {
        Path file = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
        Path folder = file.getParent();
        Path lock = folder.resolve("." + file.getFileName() + ".lock");
        synchronized (AccessFile.class) {
            try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                // Held until the channel is closed.
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
        // Made for the owner alone, wherever the file system knows owners.
        Path whole = Files.createTempFile(folder, ".access", ".json");
        try {
            if (Files.exists(file)) {
                // Root may keep the file of a service, and the service must go on reading it.
                FilePermissions.likeBefore(file, whole);
            }
            Files.write(whole, JSON.writeValueAsBytes(list));
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(whole);
        }
    }
}
