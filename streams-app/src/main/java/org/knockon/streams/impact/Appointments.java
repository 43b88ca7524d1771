package org.knockon.streams.impact;

import java.util.Objects;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.knockon.impact.assessment.AppointmentHistory;
import org.knockon.impact.assessment.Assessment;
import org.knockon.impact.assessment.Replacement;
import org.knockon.impact.cascade.Situation;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.Impact;
import org.knockon.impact.model.ImpactState;
import org.knockon.streams.codec.AppointmentState;
import org.knockon.streams.codec.Link;
import org.knockon.streams.task.TimeBudget;

/** The appointments of one partition. Keeps their state, index, impacts and counts consistent. */
final class Appointments {

    private final KeyValueStore<String, AppointmentState> store;
    private final ReplacementLinks links;
    private final AppointmentIndex index;
    private final PartialCounts counts;
    private final AtRiskPreview preview;
    private final Situation situation;
    private final Assessment assessment;
    private final int versionsKept;
    private final Outlet outlet;

    Appointments(
            KeyValueStore<String, AppointmentState> store,
            ReplacementLinks links,
            AppointmentIndex index,
            PartialCounts counts,
            AtRiskPreview preview,
            Situation situation,
            Assessment assessment,
            int versionsKept,
            Outlet outlet) {
        this.store = store;
        this.links = links;
        this.index = index;
        this.counts = counts;
        this.preview = preview;
        this.situation = situation;
        this.assessment = assessment;
        this.versionsKept = versionsKept;
        this.outlet = outlet;
    }

    void rebuildIndex() {
        index.clear();
        try (KeyValueIterator<String, AppointmentState> all = store.all()) {
            all.forEachRemaining(entry -> index.update(AppointmentState.EMPTY, entry.value, assessment.reach()));
        }
    }

    void accept(AppointmentVersion version) {
        String id = version.appointmentId();
        AppointmentState state = stateOf(id);
        if (state.history().displacesOne(version, versionsKept)) {
            outlet.versionDisplaced();
        }
        AppointmentHistory history = state.history().with(version, versionsKept);
        if (history == state.history()) {
            return;
        }
        linkReplaced(id, state.history(), history);
        preview.withdraw(state);
        keep(id, state, assessed(id, state.with(history)));
    }

    void link(String replacedId, Link link) {
        AppointmentState state = stateOf(replacedId);
        boolean known = !state.history().isEmpty();
        if (link.expired() && known) {
            return; // Its last state holds until this appointment expires itself.
        }
        Replacement best = links.change(replacedId, link.replacementId(), link.replacement(), state.replacement());
        if (Objects.equals(best, state.replacement())) {
            return;
        }
        if (best == null && !known) {
            store.delete(replacedId);
            return;
        }
        AppointmentState linked = state.with(best);
        preview.withdraw(state);
        keep(replacedId, state, assessed(replacedId, linked));
    }

    void reassess(String id) {
        AppointmentState state = store.get(id);
        if (state == null) {
            return;
        }
        AppointmentState assessed = assessed(id, state);
        if (assessed != state) {
            preview.onCounted(state, assessed);
            keep(id, state, assessed);
        }
    }

    /**
     * Deletes the appointment and its replacements if it has no moment at or after {@code before}.
     *
     * @return false if the budget was spent first: call again with the same id
     */
    boolean expire(String id, long before, TimeBudget budget) {
        AppointmentState state = store.get(id);
        if (state == null || newestMoment(state.history()) >= before) {
            return true;
        }
        if (state.replacement() != null && !links.drop(id, budget)) {
            return false;
        }
        preview.withdraw(state);
        index.update(state, AppointmentState.EMPTY, assessment.reach());
        if (state.impact() != null) {
            counts.move(state.impact(), state.specialty(), null, null);
            outlet.impact(id, null);
        }
        String target = target(state.history());
        if (target != null) {
            outlet.link(target, Link.expired(id));
        }
        store.delete(id);
        return true;
    }

    private AppointmentState stateOf(String id) {
        AppointmentState state = store.get(id);
        return state == null ? AppointmentState.EMPTY : state;
    }

    private void keep(String id, AppointmentState before, AppointmentState after) {
        if (before.history() != after.history() || before.untouched() != after.untouched()) {
            index.update(before, after, assessment.reach());
        }
        store.put(id, after);
    }

    /** Returns the same object if the impact has not changed. */
    private AppointmentState assessed(String id, AppointmentState state) {
        Impact before = state.impact();
        Impact after = assessment.assess(state.history(), state.replacement());
        if (after == null) {
            if (before == null || before.state() == ImpactState.NONE) {
                return state;
            }
            after = assessment.vanished(before, state.history());
        }
        String specialty = after.state() == ImpactState.NONE
                ? state.specialty()
                : situation.catalogue().service(after.serviceId()).specialty();
        if (after.equals(before) && Objects.equals(specialty, state.specialty())) {
            return state;
        }
        counts.move(before, state.specialty(), after, specialty);
        if (!after.equals(before)) {
            outlet.impact(id, after);
        }
        return state.with(after, specialty);
    }

    /** Sends the appointment's state to the one that it replaces, or no longer replaces. */
    private void linkReplaced(String id, AppointmentHistory before, AppointmentHistory after) {
        String oldTarget = target(before);
        String target = target(after);
        if (oldTarget != null && !oldTarget.equals(target)) {
            outlet.link(oldTarget, Link.withdrawn(id));
        }
        if (target != null && (before.isEmpty() || !after.last().equals(before.last()))) {
            outlet.link(target, Link.to(Replacement.of(after.last())));
        }
    }

    /** The appointment that this one replaces; null if it replaces none or names itself. */
    private static String target(AppointmentHistory history) {
        if (history.isEmpty()) {
            return null;
        }
        AppointmentVersion last = history.last();
        return last.appointmentId().equals(last.replaces()) ? null : last.replaces();
    }

    private static long newestMoment(AppointmentHistory history) {
        long newest = Long.MIN_VALUE;
        for (AppointmentVersion version : history.versions()) {
            newest = Math.max(newest, Math.max(version.slotEnd(), version.updatedAt()));
        }
        return newest;
    }

    /** Receives changes for other topics. */
    interface Outlet {
        /** A null impact is a tombstone. */
        void impact(String appointmentId, Impact impact);

        void link(String replacedId, Link link);

        /** One version was dropped because there are more than are kept. */
        void versionDisplaced();
    }
}
