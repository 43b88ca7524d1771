package org.knockon.feeds.cloudevents;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.knockon.feeds.message.FeedRequest;
import org.knockon.feeds.message.FeedResponse;
import org.knockon.feeds.message.Flag;
import org.knockon.feeds.message.MappedMessage;
import org.knockon.feeds.message.Outcome;
import org.knockon.feeds.message.Refusal;
import org.knockon.feeds.message.RefusalReason;
import org.knockon.feeds.message.RefusedMessageException;
import org.knockon.feeds.message.RememberedAppointment;
import org.knockon.feeds.message.RememberedAppointments;
import org.knockon.impact.model.AppointmentVersion;

/** Maps the requests of one feed of CloudEvents. Of a batch, all events are published or none. Thread-safe. */
public final class CloudEventMapper {

    /** Most bytes of a body. */
    public static final int LARGEST_BODY = 5 * 1024 * 1024;

    static final String SYSTEM_HEALTH = "org.knockon.system-health.v1";
    static final String APPOINTMENT = "org.knockon.appointment.v1";

    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    private final CloudEventFeedSettings settings;
    private final CloudEventReader reader = new CloudEventReader(LARGEST_BODY, LARGEST_BODY);

    public CloudEventMapper(CloudEventFeedSettings settings) {
        this.settings = settings;
    }

    /** @param receivedAt time of receipt, in milliseconds since 1970 */
    public CloudEventResult map(
            FeedRequest request, RememberedAppointments remembered, RecentEvents recent, long receivedAt) {
        try {
            Batch batch = new Batch(remembered, recent, receivedAt);
            reader.read(request).forEach(batch::add);
            return new CloudEventResult(
                    response(batch.messages), batch.messages, batch.events, List.copyOf(batch.versions.values()));
        } catch (RefusedMessageException e) {
            Refusal refusal = e.refusal();
            return new CloudEventResult(
                    refused(refusal),
                    List.of(MappedMessage.refused(refusal.reason(), refusal.where())),
                    List.of(),
                    List.of());
        }
    }

    private static FeedResponse response(List<MappedMessage> messages) {
        boolean published = messages.stream().anyMatch(message -> message.outcome() == Outcome.PUBLISHED);
        boolean duplicate = messages.stream().anyMatch(message -> message.outcome() == Outcome.DUPLICATE);
        Outcome outcome = published ? Outcome.PUBLISHED : duplicate ? Outcome.DUPLICATE : Outcome.IGNORED;
        return new FeedResponse(200, JSON, "{\"outcome\":\"" + outcome.text() + "\"}");
    }

    private static FeedResponse refused(Refusal refusal) {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("outcome", Outcome.REFUSED.text())
                .put("reason", refusal.reason().text());
        if (!refusal.where().isEmpty()) {
            body.put("where", refusal.where());
        }
        return new FeedResponse(status(refusal), JSON, body.toString());
    }

    private static int status(Refusal refusal) {
        return switch (refusal.reason()) {
            case UNREADABLE, WRONG_VERSION -> 400;
            case TOO_LARGE -> 413;
            case WRONG_TYPE -> refusal.where().equals("Content-Type") ? 415 : 422;
            default -> 422;
        };
    }

    /** The events of one request. Each sees those before it. */
    private final class Batch implements RememberedAppointments {
        private final RememberedAppointments before;
        private final RecentEvents recent;
        private final long receivedAt;
        private final List<MappedMessage> messages = new ArrayList<>();
        private final List<EventId> events = new ArrayList<>();
        private final Set<EventId> seen = new HashSet<>();
        private final Map<String, RememberedAppointment> versions = new HashMap<>();

        Batch(RememberedAppointments before, RecentEvents recent, long receivedAt) {
            this.before = before;
            this.recent = recent;
            this.receivedAt = receivedAt;
        }

        void add(CloudEvent event) {
            boolean again = !seen.add(event.id()) || recent.contains(event.id());
            messages.add(again ? MappedMessage.duplicate() : mapped(event));
            events.add(event.id());
        }

        private MappedMessage mapped(CloudEvent event) {
            Set<Flag> flags = EnumSet.noneOf(Flag.class);
            EventData data = new EventData(event, receivedAt, flags);
            switch (event.type()) {
                case SYSTEM_HEALTH -> {
                    return MappedMessage.observations(List.of(data.observation(settings.monitor())), flags, List.of());
                }
                case APPOINTMENT -> {
                    AppointmentVersion version = data.appointment(this);
                    remember(version);
                    return MappedMessage.appointment(version, flags, List.of());
                }
                default -> throw new RefusedMessageException(RefusalReason.WRONG_TYPE, event.path() + "type");
            }
        }

        private void remember(AppointmentVersion version) {
            boolean newest = of(version.appointmentId())
                    .map(last -> version.sequence() >= last.version().sequence())
                    .orElse(true);
            if (newest) {
                versions.put(version.appointmentId(), new RememberedAppointment(version, ""));
            }
        }

        @Override
        public Optional<RememberedAppointment> of(String appointmentId) {
            RememberedAppointment found = versions.get(appointmentId);
            return found != null ? Optional.of(found) : before.of(appointmentId);
        }

        @Override
        public Optional<AppointmentVersion> cancelled(String patientRef, String serviceId, long since) {
            return before.cancelled(patientRef, serviceId, since);
        }
    }
}
