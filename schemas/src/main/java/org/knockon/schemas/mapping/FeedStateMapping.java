package org.knockon.schemas.mapping;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.knockon.avro.FeedStateKind;
import org.knockon.impact.model.SystemStatus;
import org.knockon.schemas.FeedState;

/** {@code internal.feeds}. */
final class FeedStateMapping implements RecordMapping<FeedState, org.knockon.avro.FeedState> {

    private static final EnumMapping<SystemStatus, org.knockon.avro.SystemStatus> STATUS =
            new EnumMapping<>(SystemStatus.class, org.knockon.avro.SystemStatus.class);

    @Override
    public Class<org.knockon.avro.FeedState> avroType() {
        return org.knockon.avro.FeedState.class;
    }

    @Override
    public Schema schema() {
        return org.knockon.avro.FeedState.getClassSchema();
    }

    @Override
    public org.knockon.avro.FeedState toAvro(FeedState value) {
        if (value instanceof FeedState.FiringAlert alert) {
            return new org.knockon.avro.FeedState(
                    alert.feed(),
                    FeedStateKind.ALERT,
                    alert.fingerprint(),
                    alert.systemId(),
                    STATUS.toAvro(alert.status()),
                    alert.detail(),
                    Instant.ofEpochMilli(alert.startsAt()),
                    Instant.ofEpochMilli(alert.seenAt()),
                    List.of(),
                    List.of());
        }
        if (value instanceof FeedState.LastState state) {
            return new org.knockon.avro.FeedState(
                    state.feed(),
                    FeedStateKind.SYSTEM,
                    state.systemId(),
                    "",
                    STATUS.toAvro(state.status()),
                    state.detail(),
                    null,
                    Instant.ofEpochMilli(state.observedAt()),
                    List.of(),
                    List.of());
        }
        if (value instanceof FeedState.SeenMessages seen) {
            return withoutStatus(
                    seen.feed(),
                    FeedStateKind.MESSAGES,
                    seen.appointmentId(),
                    seen.messages().stream()
                            .mapToLong(FeedState.SeenMessage::receivedAt)
                            .max()
                            .orElse(0),
                    seen.messages().stream()
                            .map(each -> new org.knockon.avro.SeenMessage(
                                    each.hash(), Instant.ofEpochMilli(each.receivedAt())))
                            .toList(),
                    List.of());
        }
        if (value instanceof FeedState.UnmappedService service) {
            return withoutStatus(
                    service.feed(),
                    FeedStateKind.SERVICE,
                    service.serviceId(),
                    service.seenAt(),
                    List.of(),
                    service.attributes().stream().sorted().toList());
        }
        FeedState.Unknown unknown = (FeedState.Unknown) value;
        return withoutStatus(unknown.feed(), FeedStateKind.UNKNOWN, unknown.id(), 0, List.of(), List.of());
    }

    private static org.knockon.avro.FeedState withoutStatus(
            String feed,
            FeedStateKind kind,
            String id,
            long updatedAt,
            List<org.knockon.avro.SeenMessage> messages,
            List<String> attributes) {
        return new org.knockon.avro.FeedState(
                feed,
                kind,
                id,
                "",
                org.knockon.avro.SystemStatus.UNKNOWN,
                "",
                null,
                Instant.ofEpochMilli(updatedAt),
                messages,
                attributes);
    }

    @Override
    public FeedState fromAvro(org.knockon.avro.FeedState record) {
        long updatedAt = record.getUpdatedAt().toEpochMilli();
        return switch (record.getKind()) {
            case ALERT -> {
                if (record.getStartsAt() == null) {
                    throw new IllegalArgumentException("startsAt of an alert is missing");
                }
                yield new FeedState.FiringAlert(
                        record.getFeed(),
                        record.getId(),
                        record.getSystemId(),
                        STATUS.toCore(record.getStatus()),
                        record.getDetail(),
                        record.getStartsAt().toEpochMilli(),
                        updatedAt);
            }
            case SYSTEM ->
                new FeedState.LastState(
                        record.getFeed(),
                        record.getId(),
                        STATUS.toCore(record.getStatus()),
                        record.getDetail(),
                        updatedAt);
            case MESSAGES ->
                new FeedState.SeenMessages(
                        record.getFeed(),
                        record.getId(),
                        record.getMessages().stream()
                                .map(each -> new FeedState.SeenMessage(
                                        each.getHash(), each.getReceivedAt().toEpochMilli()))
                                .toList());
            case SERVICE ->
                new FeedState.UnmappedService(
                        record.getFeed(), record.getId(), Set.copyOf(record.getAttributes()), updatedAt);
            case UNKNOWN -> new FeedState.Unknown(record.getFeed(), record.getId());
        };
    }
}
