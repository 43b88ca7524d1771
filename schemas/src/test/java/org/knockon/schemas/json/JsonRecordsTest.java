package org.knockon.schemas.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.Observation;
import org.knockon.schemas.Samples;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;
import org.knockon.schemas.serde.KnockonSerdesTest;

class JsonRecordsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String APPOINTMENT = """
            {"appointmentId":"a-1","sequence":3,"status":"CANCELLED","changeReason":"IT_OUTAGE","serviceId":"ct-1",\
            "slotStart":"2022-07-19T13:00:00Z","slotEnd":"2022-07-19T14:00:00Z","priority":"TWO_WEEK_WAIT",\
            "patientRef":"p-77","replaces":"a-0","updatedAt":"2022-07-19T12:00:00Z",\
            "dueIn":"2022-07-19T11:00:00Z"}""";

    private static final String SERVICE = """
            {"name":"CT list","organisation":"RJ1","site":"RJ121","siteName":"Guy's Hospital",\
            "specialty":"811","category":"DIAGNOSTIC","requires":\
            [{"systemId":"pacs","capability":"IMAGING","toleranceMinutes":30},\
            {"systemId":"epr","capability":"RECORDS","toleranceMinutes":0}]}""";

    static Stream<Arguments> samples() {
        return KnockonSerdesTest.samples();
    }

    @ParameterizedTest
    @MethodSource("samples")
    <V> void readsBackWhatItWroteAsText(Topic<V> topic, V value) throws JsonProcessingException {
        String text = JsonRecords.toJson(topic, value).toString();

        assertThat(JsonRecords.fromJson(topic, JSON.readTree(text))).isEqualTo(value);
    }

    @Test
    void namesFieldsAsTheSchemaDoesAndWritesTimesAndNullsOut() {
        assertThat(JsonRecords.toJson(Topics.APPOINTMENTS, sample(Topics.APPOINTMENTS, 0))
                        .toString())
                .isEqualTo(APPOINTMENT);
        assertThat(JsonRecords.toJson(Topics.CARE_SERVICES, sample(Topics.CARE_SERVICES, 0))
                        .toString())
                .isEqualTo(SERVICE);
        assertThat(JsonRecords.toJson(Topics.SYSTEM_HEALTH, sample(Topics.SYSTEM_HEALTH, 1))
                        .toString())
                .isEqualTo("""
                        {"systemId":"epr","status":"MAINTENANCE","observedAt":"2022-07-19T13:00:00.001Z","monitor":"",\
                        "detail":null}""");
    }

    @Test
    void writesDerivedCounts() {
        JsonNode json = JsonRecords.toJson(Topics.IMPACT_COUNTS, sample(Topics.IMPACT_COUNTS, 0));

        assertThat(json.get("dimension").textValue()).isEqualTo("SITE_CATEGORY");
        assertThat(json.get("value").textValue()).isEqualTo("RJ121/THEATRE");
        assertThat(json.get("postponed").longValue()).isEqualTo(4 + 5 + 6 + 7);
        assertThat(json.get("unconfirmed").longValue()).isEqualTo(2);
        assertThat(json.get("awaitingDate").longValue()).isEqualTo(4);
        assertThat(json.get("outstanding").longValue()).isEqualTo(4 + 5);
    }

    @Test
    void readsANullEndAsAnOpenOutage() {
        JsonNode json = JsonRecords.toJson(Topics.OUTAGES, sample(Topics.OUTAGES, 1));

        assertThat(json.get("endedAt").isNull()).isTrue();
        assertThat(JsonRecords.fromJson(Topics.OUTAGES, json).outage().open()).isTrue();
    }

    @Test
    void allowsNullableFieldsAndListsToBeLeftOut() throws JsonProcessingException {
        Observation observation = JsonRecords.fromJson(Topics.SYSTEM_HEALTH, JSON.readTree("""
                        {"systemId":"epr","status":"UP","observedAt":"2022-07-19T14:00:00+01:00","monitor":"m"}"""));
        CareService service = JsonRecords.fromJson(Topics.CARE_SERVICES, JSON.readTree("""
                        {"name":"CT list","organisation":"RJ1","site":"RJ121","specialty":"811","category":"DIAGNOSTIC"}"""));
        MonitoredSystem system = JsonRecords.fromJson(Topics.SYSTEMS, JSON.readTree("""
                        {"name":"EPR","organisation":"RJ1","kind":"application","monitoring":{"confirmAfterSeconds":0,\
                        "recoverAfterSeconds":0,"silenceAfterSeconds":60}}"""));

        assertThat(observation.detail()).isNull();
        assertThat(observation.observedAt()).isEqualTo(Samples.NOON);
        assertThat(service.siteName()).isNull();
        assertThat(system.standard()).isNull();
        assertThat(system.dependsOn()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    "sequence":3   | "sequence":"3"      | sequence must be a whole number, but it is a text
                    "sequence":3   | "sequence":3.5      | sequence must be a whole number, but it is a number with a fraction
                    "sequence":3   | "sequence":99999999999999999999 | sequence must be a whole number
                    "sequence":3   | "sequence":null     | sequence must be a whole number, but it is null
                    "sequence":3,  | ~~                  | sequence is missing
                    "sequence":3   | "sequence":3,"x":1  | x is not known; the fields are [appointmentId, sequence,
                    "CANCELLED"    | "BOOKD"             | status must be one of [UNKNOWN, PROPOSED
                    "CANCELLED"    | 7                   | status must be one of [UNKNOWN, PROPOSED
                    "IT_OUTAGE"    | "it_outage"         | changeReason must be one of
                    2022-07-19T13:00:00Z | 2022-07-19 13:00 | slotStart must be a time such as 2022-07-19T13:00:00Z, but it is 2022-07-19 13:00
                    2022-07-19T13:00:00Z | 2022-07-19T13:00:00 | slotStart must be a time
                    2022-07-19T13:00:00Z | 2022-02-30T13:00:00Z | slotStart must be a time
                    "2022-07-19T13:00:00Z" | 1658235600000 | slotStart must be a time such as 2022-07-19T13:00:00Z, but it is a whole number
                    "ct-1"         | ["ct-1"]            | serviceId must be a text, but it is a list
                    "a-0"          | {}                  | replaces must be a text, but it is an object
                    """)
    void namesTheInvalidField(String right, String wrong, String message) throws JsonProcessingException {
        JsonNode json = JSON.readTree(APPOINTMENT.replace(right, wrong));

        assertThatThrownBy(() -> JsonRecords.fromJson(Topics.APPOINTMENTS, json))
                .isInstanceOf(JsonRecordException.class)
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "RECORDS"       | "RECORD" | requires[1].capability must be one of
                    "systemId":"epr", | "id":"epr", | requires[1].id is not known
                    "toleranceMinutes":30 | "toleranceMinutes":true | requires[0].toleranceMinutes must be a whole number
                    [{              | [3,{     | requires[0] must be an object, but it is a whole number
                    """)
    void namesTheInvalidElement(String right, String wrong, String message) throws JsonProcessingException {
        JsonNode json = JSON.readTree(SERVICE.replace(right, wrong));

        assertThatThrownBy(() -> JsonRecords.fromJson(Topics.CARE_SERVICES, json))
                .hasMessageStartingWith(message);
    }

    @Test
    void refusesAValueThatIsNotAnObject() {
        assertThatThrownBy(() -> JsonRecords.fromJson(Topics.CARE_SERVICES, JSON.readTree("[]")))
                .hasMessage("the value must be an object, but it is a list");
    }

    @Test
    void refusesValuesThatThePlainRecordsRefuse() throws JsonProcessingException {
        JsonNode json = JSON.readTree(SERVICE.replace("\"toleranceMinutes\":30", "\"toleranceMinutes\":-30"));

        assertThatThrownBy(() -> JsonRecords.fromJson(Topics.CARE_SERVICES, json))
                .isInstanceOf(JsonRecordException.class)
                .hasMessage("tolerance must not be negative, but it is -1800000 ms");
    }

    @Test
    void writesValuesWithoutASchemaAsBase64() throws JsonProcessingException {
        byte[] bytes = {0, 1, (byte) 0xff};
        String text = JsonRecords.toJson(Topics.DEAD_LETTERS, bytes).toString();

        assertThat(text).isEqualTo("\"AAH/\"");
        assertThat(JsonRecords.fromJson(Topics.DEAD_LETTERS, JSON.readTree(text)))
                .isEqualTo(bytes);
        assertThatThrownBy(() -> JsonRecords.fromJson(Topics.DEAD_LETTERS, JSON.readTree("\"?\"")))
                .hasMessage("the value is not valid Base64");
        assertThatThrownBy(() -> JsonRecords.fromJson(Topics.DEAD_LETTERS, JSON.readTree("1")))
                .hasMessage("the value must be Base64 text, but it is a whole number");
    }

    private static <V> V sample(Topic<V> topic, int index) {
        return topic.valueType().cast(Samples.all().get(topic).get(index));
    }
}
