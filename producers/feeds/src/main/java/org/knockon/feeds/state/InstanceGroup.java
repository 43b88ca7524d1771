package org.knockon.feeds.state;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.TreeSet;

/** The name that instances with the same feeds share. Of these one works, and the others wait. */
public final class InstanceGroup {

    private static final int DIGITS = 16;

    private InstanceGroup() {}

    /**
     * Name of the consumer group and of the transactional id.
     *
     * @param prefix of every topic
     * @param feeds names of the feeds, in any order
     */
    public static String name(String prefix, Collection<String> feeds) {
        byte[] names = String.join(",", new TreeSet<>(feeds)).getBytes(StandardCharsets.UTF_8);
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(names);
            return prefix + "feeds." + HexFormat.of().formatHex(hash).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
