package org.knockon.feeds.hl7;

import java.util.Optional;
import java.util.Set;
import org.knockon.feeds.message.Flag;
import org.knockon.feeds.message.MappedMessage;
import org.knockon.impact.model.AppointmentStatus;

/**
 * One message, read but not yet mapped: the map also needs what is remembered of the appointment, and the caller
 * chooses when that may be looked up.
 */
public final class Hl7Message {
    private final MessageBytes bytes;
    private final String digest;
    private final Optional<MappedMessage> decided;
    private final Optional<Content> content;

    /**
     * What the map reads.
     *
     * @param header as text, unlike the raw one
     * @param ending whether the trigger ends the appointment
     * @param plainBooking whether the message makes a new booking (S12)
     * @param flags what was unusual so far
     */
    record Content(
            String appointmentId,
            FieldRef idFrom,
            MessageHeader header,
            Segments segments,
            AppointmentStatus status,
            boolean ending,
            boolean plainBooking,
            Set<Flag> flags) {}

    private Hl7Message(MessageBytes bytes, String digest, Optional<MappedMessage> decided, Optional<Content> content) {
        this.bytes = bytes;
        this.digest = digest;
        this.decided = decided;
        this.content = content;
    }

    static Hl7Message decided(MessageBytes bytes, String digest, MappedMessage decided) {
        return new Hl7Message(bytes, digest, Optional.of(decided), Optional.empty());
    }

    static Hl7Message of(MessageBytes bytes, String digest, Content content) {
        return new Hl7Message(bytes, digest, Optional.empty(), Optional.of(content));
    }

    /** What became of the message, if that depends on nothing remembered. */
    public Optional<MappedMessage> decided() {
        return decided;
    }

    /** The appointment that the message is about; empty exactly if it is decided already. */
    public Optional<String> appointmentId() {
        return content.map(Content::appointmentId);
    }

    /** Keyed hash of the bytes, line ends made alike: 64 hex digits. */
    public String digest() {
        return digest;
    }

    /** The bytes with line ends made alike, by which a repeat is recognised. */
    public byte[] bytes() {
        return bytes.bytes().clone();
    }

    /** MSH-10 as written, its bytes as characters; empty if there is none. */
    public String controlId() {
        return bytes.header().map(msh -> msh.field(10)).orElse("");
    }

    /** MSH-9 as written, such as {@code SIU^S12^SIU_S12}; empty if there is none. */
    public String type() {
        return bytes.header().map(msh -> msh.field(9)).orElse("");
    }

    Optional<MessageHeader> rawHeader() {
        return bytes.header();
    }

    Optional<Content> content() {
        return content;
    }

    /** Without the content, which must not appear in a log or a message. */
    @Override
    public String toString() {
        return "Hl7Message[" + digest + "]";
    }
}
