package org.knockon.feeds.receive;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.knockon.feeds.hl7.Acknowledgement;
import org.knockon.feeds.hl7.Hl7FeedSettings;
import org.knockon.feeds.hl7.Hl7Mapper;
import org.knockon.feeds.hl7.Hl7Mapping;
import org.knockon.feeds.hl7.Hl7Message;
import org.knockon.feeds.hl7.Hl7Reader;
import org.knockon.feeds.message.MappedMessage;
import org.knockon.feeds.message.RememberedAppointment;
import org.knockon.feeds.message.RememberedAppointments;
import org.knockon.feeds.mllp.MessageHandler;
import org.knockon.feeds.mllp.ReceivedMessage;
import org.knockon.feeds.pseudonym.KeyedHash;
import org.knockon.feeds.pseudonym.PatientPseudonyms;
import org.knockon.feeds.publish.Publication;
import org.knockon.feeds.publish.Turns;
import org.knockon.feeds.state.MessageLog;
import org.knockon.feeds.tables.AttributeHashes;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.schemas.FeedState;

/** One HL7 feed: each message is answered once everything that it led to is on its topics. */
public final class Hl7Receiver implements MessageHandler {

    private static final int LONGEST_ID = 200;
    private static final int RADIX = 36;
    /** So that an answer's id has at most 20 characters. */
    private static final long ANSWERS = (long) Math.pow(RADIX, 7);

    private final Hl7FeedSettings settings;
    private final Hl7Reader reader;
    private final Hl7Mapper mapper;
    private final KeyedHash hash;
    private final Turns turns;
    private final FeedOutput output;
    private final RememberedAppointments remembered;
    private final MessageLog log;
    private final String run;
    private final AtomicLong answers = new AtomicLong();

    /** @param turns shared by all feeds, because two feeds may have one namespace */
    public Hl7Receiver(
            Hl7FeedSettings settings, PatientPseudonyms pseudonyms, KeyedHash hash, Turns turns, FeedOutput output) {
        this.settings = settings;
        this.reader = new Hl7Reader(settings, hash);
        this.mapper = new Hl7Mapper(settings, pseudonyms, hash);
        this.hash = hash;
        this.turns = turns;
        this.output = output;
        this.remembered = output.memory().appointmentsOf(output.feed());
        this.log = output.memory().messagesOf(output.feed());
        this.run = "K" + Long.toString(output.clock().millis(), RADIX).toUpperCase(Locale.ROOT);
    }

    @Override
    public CompletionStage<Optional<byte[]>> handle(ReceivedMessage received) {
        Hl7Message message = received.tooLong() ? reader.tooLarge(received.bytes()) : reader.read(received.bytes());
        List<String> appointments = message.appointmentId().stream().toList();
        return turns.take(appointments, () -> map(message, received));
    }

    private CompletableFuture<Optional<byte[]>> map(Hl7Message message, ReceivedMessage received) {
        long receivedAt = received.receipt().toEpochMilli();
        long identity = MessageLog.hash(hash, message.controlId(), message.bytes());
        Hl7Mapping mapping = mapper.map(message, remembered, (id, digest) -> log.seen(id, identity), receivedAt);
        MappedMessage mapped = mapping.message();
        Envelope envelope =
                new Envelope(cut(message.controlId()), message.type(), received.size(), message.digest(), receivedAt);
        return output.deliver(result(envelope, mapping, identity)).thenApply(published -> {
            if (!published) {
                return Optional.empty();
            }
            output.answered(receivedAt);
            return Optional.of(Acknowledgement.of(
                    message,
                    mapped,
                    settings.onRefusal(),
                    answerId(),
                    output.clock().instant()));
        });
    }

    private Result result(Envelope envelope, Hl7Mapping mapping, long identity) {
        MappedMessage mapped = mapping.message();
        List<FeedState> states = new ArrayList<>();
        List<RememberedAppointment> versions = new ArrayList<>();
        for (AppointmentVersion version : mapped.appointments()) {
            states.add(log.with(version.appointmentId(), identity, envelope.receivedAt()));
            versions.add(new RememberedAppointment(version, ""));
            if (!mapping.unmappedHashes().isEmpty()) {
                states.add(unmapped(output.feed(), version.serviceId(), mapping.unmappedHashes(), envelope));
            }
        }
        List<Publication> publications = versions.isEmpty()
                ? List.of()
                : List.of(Publication.of(output.feed(), envelope.controlId(), mapped, states));
        return new Result(envelope, List.of(mapped), publications, versions, states, List.of());
    }

    /** Remembers the hashed attributes of a service that no rule names. */
    static FeedState.UnmappedService unmapped(
            String feed, String serviceId, Map<String, List<String>> hashes, Envelope envelope) {
        return new FeedState.UnmappedService(feed, serviceId, AttributeHashes.written(hashes), envelope.receivedAt());
    }

    private String answerId() {
        return run + Long.toString(answers.incrementAndGet() % ANSWERS, RADIX).toUpperCase(Locale.ROOT);
    }

    private static String cut(String controlId) {
        return controlId.length() <= LONGEST_ID ? controlId : controlId.substring(0, LONGEST_ID);
    }
}
