package org.knockon.feeds.fhir;

import java.util.List;
import java.util.Map;
import org.knockon.feeds.message.FeedResponse;
import org.knockon.feeds.message.MappedMessage;
import org.knockon.feeds.message.RememberedAppointment;

/**
 * What a FHIR request became.
 *
 * @param response to be sent once all appointments of the messages are on their topic; until then, or if that fails,
 *     {@link FhirResponses#unavailable}
 * @param messages one for each appointment of the request, in its order; one in all if a whole Bundle is refused
 * @param versions the appointments of the messages again, with what has to be remembered of them; of those with one id
 *     the one with the largest sequence counts
 * @param unmappedHashes of each service that no rule names, keyed hashes of its attributes, to apply a rule that is
 *     added later
 */
public record FhirResult(
        FeedResponse response,
        List<MappedMessage> messages,
        List<RememberedAppointment> versions,
        Map<String, Map<String, List<String>>> unmappedHashes) {

    public FhirResult {
        messages = List.copyOf(messages);
        versions = List.copyOf(versions);
        unmappedHashes = Map.copyOf(unmappedHashes);
    }

    /** Without the content, which must not appear in a log or a message. */
    @Override
    public String toString() {
        return "FhirResult[" + response.status() + ", " + messages + "]";
    }
}
