package org.knockon.feeds.receive;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.knockon.feeds.fhir.FhirFeedSettings;
import org.knockon.feeds.fhir.FhirMapper;
import org.knockon.feeds.fhir.FhirMessage;
import org.knockon.feeds.fhir.FhirResponses;
import org.knockon.feeds.fhir.FhirResult;
import org.knockon.feeds.http.HttpFeed;
import org.knockon.feeds.message.FeedRequest;
import org.knockon.feeds.message.FeedResponse;
import org.knockon.feeds.message.MappedMessage;
import org.knockon.feeds.message.RefusalReason;
import org.knockon.feeds.message.RememberedAppointment;
import org.knockon.feeds.message.RememberedAppointments;
import org.knockon.feeds.pseudonym.KeyedHash;
import org.knockon.feeds.pseudonym.PatientPseudonyms;
import org.knockon.feeds.publish.Publication;
import org.knockon.feeds.publish.Turns;
import org.knockon.schemas.FeedState;

/** One FHIR feed. */
public final class FhirReceiver implements HttpFeed {

    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "DELETE");
    private static final String TYPE = "Appointment";

    private final FhirMapper mapper;
    private final RequestEnvelopes envelopes;
    private final Turns turns;
    private final FeedOutput output;
    private final RememberedAppointments remembered;

    /** @param turns shared by all feeds, because two feeds may have one namespace */
    public FhirReceiver(
            FhirFeedSettings settings, PatientPseudonyms pseudonyms, KeyedHash hash, Turns turns, FeedOutput output) {
        this.mapper = new FhirMapper(settings, pseudonyms, hash);
        this.envelopes = new RequestEnvelopes(Optional.of(hash));
        this.turns = turns;
        this.output = output;
        this.remembered = output.memory().appointmentsOf(output.feed());
    }

    @Override
    public Set<String> methods() {
        return METHODS;
    }

    @Override
    public int largestBody(String path) {
        return FhirMapper.largestBody(path);
    }

    @Override
    public CompletionStage<FeedResponse> handle(FeedRequest request, long receivedAt) {
        FhirMessage message = mapper.read(request);
        Envelope envelope = envelopes.of(request, request.method() + " " + TYPE, receivedAt);
        return turns.take(message.appointmentIds(), () -> map(message, envelope));
    }

    private CompletableFuture<FeedResponse> map(FhirMessage message, Envelope envelope) {
        FhirResult mapped = mapper.map(message, remembered, envelope.receivedAt());
        return output.deliver(result(envelope, mapped)).thenApply(published -> {
            if (!published) {
                return unavailable();
            }
            output.answered(envelope.receivedAt());
            return mapped.response();
        });
    }

    private Result result(Envelope envelope, FhirResult mapped) {
        List<Publication> publications = new ArrayList<>();
        List<FeedState> all = new ArrayList<>();
        for (RememberedAppointment each : mapped.versions()) {
            List<FeedState> states = Stream.of(each.version().serviceId())
                    .filter(mapped.unmappedHashes()::containsKey)
                    .<FeedState>map(service -> Hl7Receiver.unmapped(
                            output.feed(), service, mapped.unmappedHashes().get(service), envelope))
                    .collect(Collectors.toList());
            // The id of the record is the hash of the content, by which a repeat is recognised after a restart.
            publications.add(Publication.of(
                    output.feed(),
                    each.contentHash(),
                    MappedMessage.appointment(each.version(), Set.of(), List.of()),
                    states));
            all.addAll(states);
        }
        return new Result(envelope, mapped.messages(), publications, mapped.versions(), all, List.of());
    }

    @Override
    public FeedResponse refuse(RefusalReason reason, String method, long bytes, long receivedAt) {
        output.refuse(
                RequestEnvelopes.unread(method + " " + TYPE, bytes, receivedAt), MappedMessage.refused(reason, ""));
        return FhirResponses.refused(reason);
    }

    @Override
    public FeedResponse unavailable() {
        return FhirResponses.unavailable();
    }
}
