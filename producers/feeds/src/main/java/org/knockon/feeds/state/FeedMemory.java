package org.knockon.feeds.state;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.knockon.feeds.message.RememberedAppointment;
import org.knockon.feeds.message.RememberedAppointments;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.schemas.FeedState;

/** Everything that the feeds of one instance remember. Thread-safe. */
public final class FeedMemory {

    /**
     * A feed that remembers.
     *
     * @param namespace of its appointments
     * @param rebooking whether new appointments may replace cancelled ones without a link
     */
    public record Feed(String name, String namespace, boolean rebooking) {}

    private final Namespaces namespaces;
    private final AppointmentMemory appointments = new AppointmentMemory();
    private final CancelledAppointments cancelled = new CancelledAppointments();
    /** Feeds whose cancelled appointments are looked for. */
    private final List<Namespaces.Owner> rebooking = new ArrayList<>();

    private final Map<String, Feed> feeds = new HashMap<>();
    private final Map<String, MessageLog> logs = new HashMap<>();
    /** Alerts, last states and services by record key. */
    private final Map<String, FeedState> states = new LinkedHashMap<>();

    public FeedMemory(Collection<Feed> feeds) {
        this.namespaces = new Namespaces(feeds.stream().map(Feed::namespace).toList());
        for (Feed feed : feeds) {
            this.feeds.put(feed.name(), feed);
            logs.put(feed.name(), new MessageLog(feed.name()));
            if (feed.rebooking()) {
                rebooking.add(namespaces.owner(feed.namespace()));
            }
        }
    }

    /** The appointments of one feed, as its map sees them. */
    public RememberedAppointments appointmentsOf(String feed) {
        Namespaces.Owner owner = namespaces.owner(feeds.get(feed).namespace());
        return new RememberedAppointments() {
            @Override
            public Optional<RememberedAppointment> of(String appointmentId) {
                return appointments.of(appointmentId);
            }

            @Override
            public Optional<AppointmentVersion> cancelled(String patientRef, String serviceId, long since) {
                return cancelled.last(patientRef, serviceId, since, owner);
            }
        };
    }

    /** The newest versions of all appointments of these services. */
    public List<AppointmentVersion> ofServices(Set<String> serviceIds) {
        return appointments.ofServices(serviceIds);
    }

    /** The messages of one feed. */
    public MessageLog messagesOf(String feed) {
        return logs.get(feed);
    }

    public int appointments() {
        return appointments.size();
    }

    /**
     * Keeps a version that is on the topic. One of other feeds is ignored.
     *
     * @param contentHash of the message that led to it; empty if not known
     */
    public void remember(AppointmentVersion version, String contentHash) {
        if (!namespaces.owned(version.appointmentId()) || !appointments.remember(version, contentHash)) {
            return;
        }
        if (rebooking.stream().anyMatch(owner -> owner.owns(version.appointmentId()))) {
            cancelled.remember(version);
        }
    }

    /** Keeps a state that is on the topic. One of other feeds is ignored. */
    public void remember(FeedState state) {
        if (!feeds.containsKey(state.feed()) || state instanceof FeedState.Unknown) {
            return;
        }
        if (state instanceof FeedState.SeenMessages seen) {
            messagesOf(state.feed()).remember(seen);
        } else {
            synchronized (states) {
                states.put(state.key(), state);
            }
        }
    }

    /** Drops a state that has ended. */
    public void end(String key) {
        synchronized (states) {
            states.remove(key);
        }
    }

    /** The states of one kind of a feed. */
    public <S extends FeedState> List<S> states(String feed, Class<S> kind) {
        synchronized (states) {
            return states.values().stream()
                    .filter(kind::isInstance)
                    .map(kind::cast)
                    .filter(state -> state.feed().equals(feed))
                    .toList();
        }
    }

    /**
     * Forgets what is too old to be changed again: appointments whose slot and newest version are both before a time,
     * what is known of the services of those alone, and messages that arrived before it.
     *
     * @param time epoch milliseconds
     * @return the keys of states that should end on the topic too
     */
    public List<String> forgetBefore(long time) {
        for (AppointmentVersion version : appointments.forgetBefore(time)) {
            boolean replacedIsKnown = version.replaces() != null
                    && appointments.of(version.replaces()).isPresent();
            cancelled.forget(version, replacedIsKnown);
        }
        Set<String> ended = new HashSet<>();
        logs.values().forEach(log -> ended.addAll(log.forgetBefore(time)));
        synchronized (states) {
            states.values().removeIf(state -> {
                // What was named lately may belong to an appointment that is about to be remembered.
                boolean unused = state instanceof FeedState.UnmappedService service
                        && service.seenAt() < time
                        && !appointments.hasService(service.serviceId());
                return unused && ended.add(state.key());
            });
        }
        return List.copyOf(ended);
    }

    /** Number of ids that are kept to find the appointment that a new one replaces. */
    int cancelledIds() {
        return cancelled.size();
    }
}
