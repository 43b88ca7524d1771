package org.knockon.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.knockon.schemas.mapping.Mappings;
import org.knockon.schemas.wire.PlainSchemas;

/** Rules for every schema. */
public class SchemaTest {

    /** Fields without which a record has no meaning. They can never be removed, so they have no default. */
    private static final Set<String> IDENTITY = Set.of(
            "Requirement.systemId",
            "SystemHealth.systemId",
            "SystemHealth.observedAt",
            "Appointment.appointmentId",
            "Appointment.sequence",
            "Appointment.updatedAt",
            "Outage.systemId",
            "Outage.startedAt",
            "CareImpact.assessedAt",
            "ImpactCount.dimension",
            "ImpactCount.value",
            "ImpactCount.asOf",
            "InputProgress.topic",
            "InputProgress.partition",
            "InputProgress.reportedAt",
            "RefusedMessage.feed",
            "RefusedMessage.receivedAt",
            "FeedState.feed",
            "FeedState.id",
            "FeedState.updatedAt",
            "SeenMessage.hash",
            "SeenMessage.receivedAt");

    public static List<Topic<?>> topics() {
        return Topics.all().stream().filter(topic -> !topic.schemaless()).toList();
    }

    @Test
    void hasTheDesignedFieldsInOrder() {
        Map<String, String> fields = new LinkedHashMap<>();
        topics().forEach(topic -> fields.put(topic.shortName(), fieldNames(topic)));

        assertThat(fields)
                .containsExactly(
                        Map.entry("systems", "name organisation kind dependsOn monitoring standard"),
                        Map.entry("care-services", "name organisation site siteName specialty category requires"),
                        Map.entry("system-health", "systemId status observedAt monitor detail"),
                        Map.entry(
                                "appointments",
                                "appointmentId sequence status changeReason serviceId slotStart slotEnd priority"
                                        + " patientRef replaces updatedAt dueIn"),
                        Map.entry(
                                "outages",
                                "systemId startedAt endedAt planned evidence rootCauses rootCausesTotal affectedSystems"
                                        + " affectedSystemsTotal affectedServices affectedServicesTotal confirmedAt"),
                        Map.entry(
                                "care-impacts",
                                "state serviceId organisation site category priority slotStart outageIds rootCauses"
                                        + " capabilities firstPostponedSlot newSlot delayMinutes timesPostponed"
                                        + " outagesTotal rootCausesTotal historyTruncated assessedAt"),
                        Map.entry("impact-counts", COUNT_FIELDS),
                        Map.entry("impact-history", COUNT_FIELDS),
                        Map.entry("input-progress", "topic partition position end latestEventAt reportedAt"),
                        Map.entry("refusals", "feed reason where controlId type bytes digest receivedAt"),
                        Map.entry("internal.feeds", "feed kind id updatedAt messages attributes reports"));
    }

    private static final String COUNT_FIELDS =
            "dimension value atRisk unconfirmed deliveredInDowntime awaitingDate rebooked"
                    + " recovered abandoned postponed outstanding delayMinutes asOf";

    @ParameterizedTest
    @MethodSource("topics")
    void documentsEveryRecordFieldAndEnum(Topic<?> topic) {
        for (Schema type : namedTypes(topic)) {
            assertThat(type.getDoc()).as(type.getFullName()).isNotBlank();
            assertThat(type.getNamespace()).isEqualTo("org.knockon.avro");
            if (type.getType() == Schema.Type.RECORD) {
                type.getFields()
                        .forEach(field -> assertThat(field.doc())
                                .as(type.getName() + "." + field.name())
                                .isNotBlank());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("topics")
    void givesEveryFieldADefaultExceptThoseThatIdentify(Topic<?> topic) {
        for (Schema type : namedTypes(topic)) {
            if (type.getType() == Schema.Type.RECORD) {
                type.getFields()
                        .forEach(field -> assertThat(field.hasDefaultValue())
                                .as(type.getName() + "." + field.name() + " has a default")
                                .isEqualTo(!IDENTITY.contains(type.getName() + "." + field.name())));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("topics")
    void defaultsEveryEnumToUnknown(Topic<?> topic) {
        assertThat(namedTypes(topic))
                .filteredOn(type -> type.getType() == Schema.Type.ENUM)
                .allSatisfy(type -> assertThat(type.getEnumDefault()).isEqualTo("UNKNOWN"));
    }

    @ParameterizedTest
    @MethodSource("topics")
    void writesTimesInMilliseconds(Topic<?> topic) {
        for (Schema.Field field : schema(topic).getFields()) {
            boolean time = field.name().endsWith("At")
                    || field.name().endsWith("Slot")
                    || Set.of("slotStart", "slotEnd", "asOf", "dueIn").contains(field.name());
            Schema type = field.schema().isUnion() ? field.schema().getTypes().get(1) : field.schema();
            assertThat(type.getLogicalType() instanceof LogicalTypes.TimestampMillis)
                    .as(field.name())
                    .isEqualTo(time);
        }
    }

    public static Schema schema(Topic<?> topic) {
        return PlainSchemas.of(Mappings.of(topic).schema());
    }

    private static String fieldNames(Topic<?> topic) {
        return String.join(
                " ", schema(topic).getFields().stream().map(Schema.Field::name).toList());
    }

    private static List<Schema> namedTypes(Topic<?> topic) {
        List<Schema> found = new ArrayList<>();
        collect(schema(topic), found);
        return found;
    }

    private static void collect(Schema schema, List<Schema> found) {
        switch (schema.getType()) {
            case RECORD -> {
                found.add(schema);
                schema.getFields().forEach(field -> collect(field.schema(), found));
            }
            case ENUM -> found.add(schema);
            case ARRAY -> collect(schema.getElementType(), found);
            case UNION -> schema.getTypes().forEach(type -> collect(type, found));
            default -> assertThat(schema.getObjectProps()).doesNotContainKey("avro.java.string");
        }
    }
}
