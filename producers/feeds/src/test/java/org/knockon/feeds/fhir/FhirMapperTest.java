package org.knockon.feeds.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.knockon.feeds.fixture.Remembered;
import org.knockon.feeds.message.FeedRequest;
import org.knockon.feeds.message.MappedMessage;
import org.knockon.feeds.message.Outcome;
import org.knockon.feeds.message.RefusalReason;

/** What the fixtures cannot show: responses, sizes, and messages one after the other. */
class FhirMapperTest {

    private static final long RECEIVED = 1_773_133_200_000L;
    private static final String BOOKED = """
            {"resourceType":"Appointment","id":"7","status":"booked","start":"2026-03-12T10:00:00Z",
             "participant":[{"actor":{"reference":"Location/cardio"}}]}""";

    private final FhirMapper mapper = FhirFeeds.named("ers");
    private final Remembered remembered = Remembered.of(new ObjectMapper().createArrayNode());

    @Test
    void aRetryAfterALostAnswerIsADuplicate() {
        assertThat(send("POST", "/Appointment", BOOKED).messages().get(0).outcome())
                .isEqualTo(Outcome.PUBLISHED);
        FhirResult again = send("POST", "/Appointment", BOOKED.replace("\n", ""));
        assertThat(again.messages()).containsExactly(MappedMessage.duplicate());
        assertThat(again.response().status()).isEqualTo(200);
    }

    @Test
    void theContentOfTheNewestVersionAloneMakesADuplicate() {
        send("POST", "/Appointment", BOOKED);
        send("POST", "/Appointment", BOOKED.replace("booked", "cancelled"));
        FhirResult back = send("POST", "/Appointment", BOOKED);
        assertThat(back.messages().get(0).outcome()).isEqualTo(Outcome.PUBLISHED);
        assertThat(back.versions().get(0).version().sequence()).isEqualTo(RECEIVED + 2);
    }

    @Test
    void anotherPatientBehindTheSameReferenceIsANewVersion() {
        String bundle = """
                {"resourceType":"Bundle","type":"collection","entry":[
                 {"resource":{"resourceType":"Patient","id":"1","identifier":[{"system":"https://rj1.example/mrn","value":"%s"}]}},
                 {"resource":{"resourceType":"Appointment","id":"7","status":"booked","start":"2026-03-12T10:00:00Z",
                  "participant":[{"actor":{"reference":"Location/cardio"}},{"actor":{"reference":"Patient/1"}}]}}]}""";
        send("POST", "", bundle.formatted("A1"));
        assertThat(send("POST", "", bundle.formatted("A2")).messages().get(0).outcome())
                .isEqualTo(Outcome.PUBLISHED);
    }

    @Test
    void aSecondDeletionIsADuplicate() {
        send("POST", "/Appointment", BOOKED);
        assertThat(send("DELETE", "/Appointment/7", "").response().status()).isEqualTo(200);
        FhirResult again = send("DELETE", "/Appointment/7", "");
        assertThat(again.messages()).containsExactly(MappedMessage.duplicate());
        assertThat(again.response().status()).isEqualTo(200);
    }

    @Test
    void namesTheElementThatIsRefused() {
        FhirResult result = send("POST", "/Appointment", BOOKED.replace("10:00:00Z", "10:00:00"));
        JsonNode issue = body(result).path("issue").path(0);
        assertThat(issue.path("severity").asText()).isEqualTo("error");
        assertThat(issue.path("code").asText()).isEqualTo("value");
        assertThat(issue.path("diagnostics").asText()).isEqualTo("Appointment.start");
        assertThat(issue.at("/details/coding/0/code").asText()).isEqualTo("bad-time");
        assertThat(result.response().headers()).containsEntry("Content-Type", "application/fhir+json;charset=utf-8");
    }

    @Test
    void aBatchIsAnsweredEntryByEntry() {
        FhirResult result = send("POST", "/", """
                {"resourceType":"Bundle","type":"batch","entry":[
                 {"request":{"method":"DELETE","url":"Appointment/9"}},
                 {"request":{"method":"POST","url":"Patient"},"resource":{"resourceType":"Patient"}},
                 {"request":{"method":"POST","url":"Appointment"},"resource":%s},
                 {"request":{"method":"GET","url":"Appointment/9"}}]}""".formatted(BOOKED));
        JsonNode bundle = body(result);
        assertThat(bundle.path("type").asText()).isEqualTo("batch-response");
        assertThat(bundle.findValuesAsText("status"))
                .containsExactly("404 Not Found", "200 OK", "201 Created", "422 Unprocessable Content");
        assertThat(bundle.at("/entry/2/response/location").asText()).isEqualTo("/feeds/ers/Appointment/7");
        assertThat(result.messages()).hasSize(3);
    }

    @Test
    void aTransactionIsAnsweredAsClientsExpect() {
        FhirResult result = send("POST", "/", """
                {"resourceType":"Bundle","type":"transaction","entry":[
                 {"request":{"method":"POST","url":"Appointment"},"resource":%s}]}""".formatted(BOOKED));
        assertThat(body(result).path("type").asText()).isEqualTo("transaction-response");
        assertThat(body(result).at("/entry/0/response/outcome/resourceType").asText())
                .isEqualTo("OperationOutcome");
    }

    @Test
    void saysWhichAppointmentsAMessageChanges() {
        FhirMessage message = mapper.read(request("POST", "/", """
                {"resourceType":"Bundle","type":"batch","entry":[
                 {"request":{"method":"DELETE","url":"Appointment/9"}},
                 {"request":{"method":"POST","url":"Appointment"},"resource":%s}]}""".formatted(BOOKED)));
        assertThat(message.appointmentIds()).containsExactlyInAnyOrder("ers/9", "ers/7");
        assertThat(mapper.read(request("GET", "/metadata", "")).appointmentIds())
                .isEmpty();
    }

    @Test
    void describesItselfToClientsThatAsk() {
        JsonNode statement = body(send("GET", "//metadata", ""));
        assertThat(statement.path("resourceType").asText()).isEqualTo("CapabilityStatement");
        assertThat(statement.path("fhirVersion").asText()).isEqualTo("4.0.1");
        assertThat(statement.at("/rest/0/resource/0/type").asText()).isEqualTo("Appointment");
    }

    @Test
    void aBodyBeyondTheLimitIsTooLarge() {
        FhirResult result = send("POST", "/Appointment", " ".repeat(1024 * 1024 + 1));
        assertThat(result.response().status()).isEqualTo(413);
        assertThat(result.messages()).containsExactly(MappedMessage.refused(RefusalReason.TOO_LARGE, ""));
        assertThat(FhirMapper.largestBody("/")).isEqualTo(16 * 1024 * 1024);
        assertThat(FhirMapper.largestBody("/$process-message")).isEqualTo(16 * 1024 * 1024);
        assertThat(FhirMapper.largestBody("/Appointment")).isEqualTo(1024 * 1024);
    }

    @Test
    void aTextBeyondTheLimitIsTooLarge() {
        String bundle =
                "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"x\":\"" + "a".repeat(1024 * 1024 + 1) + "\"}";
        assertThat(send("POST", "/", bundle).response().status()).isEqualTo(413);
    }

    @Test
    void kafkaAwayIsNoReasonToDropAMessage() {
        assertThat(FhirResponses.unavailable().status()).isEqualTo(503);
        assertThat(FhirResponses.unavailable().headers()).containsEntry("Retry-After", "5");
        assertThat(FhirResponses.refused(RefusalReason.UNAUTHORISED).status()).isEqualTo(401);
    }

    @Test
    void anUnknownCharacterSetIsRefused() {
        FeedRequest request = new FeedRequest(
                "POST",
                "/Appointment",
                Map.of("content-type", "application/fhir+json; charset=iso-8859-1"),
                BOOKED.getBytes(StandardCharsets.UTF_8));
        assertThat(mapper.map(mapper.read(request), remembered, RECEIVED)
                        .response()
                        .status())
                .isEqualTo(415);
    }

    private FhirResult send(String method, String path, String body) {
        FhirResult result = mapper.map(mapper.read(request(method, path, body)), remembered, RECEIVED);
        result.versions().forEach(remembered::add);
        return result;
    }

    private static FeedRequest request(String method, String path, String body) {
        return new FeedRequest(
                method, path, Map.of("Content-Type", "application/fhir+json"), body.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode body(FhirResult result) {
        try {
            return new ObjectMapper().readTree(result.response().body());
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
