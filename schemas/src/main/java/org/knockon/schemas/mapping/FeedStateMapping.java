package org.knockon.schemas.mapping;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.knockon.avro.FeedStateKind;
import org.knockon.schemas.FeedState;

/** {@code internal.feeds}. */
final class FeedStateMapping implements RecordMapping<FeedState, org.knockon.avro.FeedState> {

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
        if (value instanceof FeedState.MonitorReports monitor) {
            return record(
                    monitor.feed(),
                    FeedStateKind.REPORTS,
                    monitor.systemId(),
                    monitor.updatedAt(),
                    List.of(),
                    List.of(),
                    monitor.reports());
        }
        if (value instanceof FeedState.SeenMessages seen) {
            return record(
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
                    List.of(),
                    "");
        }
        if (value instanceof FeedState.UnmappedService service) {
            return record(
                    service.feed(),
                    FeedStateKind.SERVICE,
                    service.serviceId(),
                    service.seenAt(),
                    List.of(),
                    service.attributes().stream().sorted().toList(),
                    "");
        }
        FeedState.Unknown unknown = (FeedState.Unknown) value;
        return record(unknown.feed(), FeedStateKind.UNKNOWN, unknown.id(), 0, List.of(), List.of(), "");
    }

    private static org.knockon.avro.FeedState record(
            String feed,
            FeedStateKind kind,
            String id,
            long updatedAt,
            List<org.knockon.avro.SeenMessage> messages,
            List<String> attributes,
            String reports) {
        return new org.knockon.avro.FeedState(
                feed, kind, id, Instant.ofEpochMilli(updatedAt), messages, attributes, reports);
    }

    @Override
    public FeedState fromAvro(org.knockon.avro.FeedState record) {
        long updatedAt = record.getUpdatedAt().toEpochMilli();
        return switch (record.getKind()) {
            case REPORTS ->
                new FeedState.MonitorReports(record.getFeed(), record.getId(), record.getReports(), updatedAt);
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
