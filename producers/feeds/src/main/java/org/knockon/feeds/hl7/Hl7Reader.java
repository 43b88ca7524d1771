package org.knockon.feeds.hl7;

import java.nio.charset.Charset;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.knockon.feeds.message.Flag;
import org.knockon.feeds.message.MappedMessage;
import org.knockon.feeds.message.Refusal;
import org.knockon.feeds.message.RefusalReason;
import org.knockon.feeds.pseudonym.KeyedHash;
import org.knockon.impact.model.AppointmentStatus;

/** Reads the messages of one feed, up to what depends on remembered appointments. Thread-safe. */
public final class Hl7Reader {
    private static final Pattern VERSION = Pattern.compile("2\\.\\d.*");
    private static final Pattern STRUCTURE = Pattern.compile("SIU_(S\\d\\d)");
    private static final FieldRef PLACER = FieldRef.parse("SCH-1");
    private static final FieldRef FILLER = FieldRef.parse("SCH-2");
    /** What begins a frame; inside one it means that the sender broke off and began the next message. */
    private static final String SECOND_FRAME = "\u000bMSH";

    private final Hl7FeedSettings settings;
    private final Charset charset;
    private final KeyedHash hash;
    private final StatusReader statuses;
    private final RelevantSegments relevant;

    public Hl7Reader(Hl7FeedSettings settings, KeyedHash hash) {
        this.settings = settings;
        this.charset = settings.charset();
        this.hash = hash;
        this.statuses = new StatusReader(settings);
        this.relevant = new RelevantSegments(settings.startFrom());
    }

    /** @param received one message without the bytes that frame it */
    public Hl7Message read(byte[] received) {
        MessageBytes bytes = MessageBytes.of(received);
        String digest = hash.hex(bytes.bytes());
        if (bytes.header().isEmpty()) {
            return refused(bytes, digest, RefusalReason.UNREADABLE, "MSH");
        }
        MessageBytes.Text text = bytes.text(charset);
        Optional<MessageHeader> header = MessageHeader.of(text.text());
        if (header.isEmpty() || text.text().indexOf('\0') >= 0 || text.text().contains(SECOND_FRAME)) {
            return refused(bytes, digest, RefusalReason.UNREADABLE, "");
        }
        Set<Flag> flags = EnumSet.noneOf(Flag.class);
        if (text.wrongCharset()) {
            flags.add(Flag.WRONG_CHARSET);
        }
        String trigger = trigger(text.text(), header.get());
        Optional<StatusMeaning> meaning = statuses.trigger(trigger);
        Optional<Refusal> refusal = envelope(header.get(), meaning.isPresent());
        if (refusal.isPresent()) {
            return refused(bytes, digest, refusal.get().reason(), refusal.get().where());
        }
        Optional<AppointmentStatus> byTrigger = meaning.get().status();
        return byTrigger.isEmpty()
                ? Hl7Message.decided(bytes, digest, MappedMessage.ignored(flags))
                : content(bytes, digest, text.text(), header.get(), trigger, byTrigger.get(), flags);
    }

    /** @param beginning of a message that is longer than the feed accepts */
    public Hl7Message tooLarge(byte[] beginning) {
        MessageBytes bytes = MessageBytes.of(beginning);
        return refused(bytes, hash.hex(bytes.bytes()), RefusalReason.TOO_LARGE, "");
    }

    private Optional<Refusal> envelope(MessageHeader header, boolean knownTrigger) {
        if (header.component(10, 1).isBlank()) {
            return Optional.of(new Refusal(RefusalReason.UNREADABLE, "MSH-10"));
        }
        if (!header.component(9, 1).strip().equals("SIU")) {
            return Optional.of(new Refusal(RefusalReason.WRONG_TYPE, "MSH-9"));
        }
        if (!knownTrigger) {
            return Optional.of(new Refusal(RefusalReason.WRONG_TYPE, "MSH-9.2"));
        }
        String version = header.component(12, 1).strip();
        if (!version.isEmpty() && !VERSION.matcher(version).matches()) {
            return Optional.of(new Refusal(RefusalReason.WRONG_VERSION, "MSH-12"));
        }
        String processing = header.component(11, 1).strip();
        return processing.isEmpty() || settings.processing().contains(processing)
                ? Optional.empty()
                : Optional.of(new Refusal(RefusalReason.NOT_PRODUCTION, "MSH-11"));
    }

    /** All triggers share the structure SIU_S12, so EVN-1 says more than MSH-9.3 where both are there. */
    private static String trigger(String text, MessageHeader header) {
        String written = header.component(9, 2).strip();
        if (!written.isEmpty()) {
            return written;
        }
        String event =
                RelevantSegments.firstField(text, "EVN", header.separators()).strip();
        Matcher structure = STRUCTURE.matcher(header.component(9, 3).strip());
        return event.isEmpty() && structure.matches() ? structure.group(1) : event;
    }

    private Hl7Message content(
            MessageBytes bytes,
            String digest,
            String text,
            MessageHeader header,
            String trigger,
            AppointmentStatus byTrigger,
            Set<Flag> flags) {
        RelevantSegments.Selection selection = relevant.of(text, header.separators());
        if (selection.refusal().isPresent()) {
            Refusal refusal = selection.refusal().get();
            return refused(bytes, digest, refusal.reason(), refusal.where());
        }
        Optional<Segments> parsed = SegmentParser.parse(selection.text(), header.separators());
        if (parsed.isEmpty()) {
            return refused(bytes, digest, RefusalReason.UNREADABLE, "");
        }
        Segments segments = parsed.get();
        Optional<AppointmentStatus> status =
                statuses.status(byTrigger, segments, flags).status();
        if (status.isEmpty()) {
            return Hl7Message.decided(bytes, digest, MappedMessage.ignored(flags));
        }
        FieldRef idFrom = segments.first(FILLER).isPresent() ? FILLER : PLACER;
        Optional<String> own = segments.first(idFrom);
        if (own.isEmpty()) {
            return refused(bytes, digest, RefusalReason.MISSING_ID, FILLER.toString());
        }
        return Hl7Message.of(
                bytes,
                digest,
                new Hl7Message.Content(
                        settings.id(own.get()),
                        idFrom,
                        header,
                        segments,
                        status.get(),
                        StatusReader.ends(byTrigger),
                        trigger.equals("S12") && status.get() == AppointmentStatus.BOOKED,
                        flags));
    }

    private static Hl7Message refused(MessageBytes bytes, String digest, RefusalReason reason, String where) {
        return Hl7Message.decided(bytes, digest, MappedMessage.refused(reason, where));
    }
}
