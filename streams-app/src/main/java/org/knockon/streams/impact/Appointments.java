package org.knockon.streams.impact;

import java.util.ArrayList;
import java.util.List;
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
import org.knockon.streams.wire.AppointmentState;
import org.knockon.streams.wire.Link;

/** The appointments of one partition: their state, index, impacts and counts, kept in step with each other. */
final class Appointments {

    private final KeyValueStore<String, AppointmentState> store;
    private final AppointmentIndex index;
    private final PartialCounts counts;
    private final CountAhead ahead;
    private final Situation situation;
    private final Assessment assessment;
    private final Outlet outlet;

    Appointments(
            KeyValueStore<String, AppointmentState> store,
            AppointmentIndex index,
            PartialCounts counts,
            CountAhead ahead,
            Situation situation,
            Assessment assessment,
            Outlet outlet) {
        this.store = store;
        this.index = index;
        this.counts = counts;
        this.ahead = ahead;
        this.situation = situation;
        this.assessment = assessment;
        this.outlet = outlet;
    }

    /** Makes the index anew. */
    void index() {
        index.clear();
        try (KeyValueIterator<String, AppointmentState> all = store.all()) {
            all.forEachRemaining(entry -> index.update(AppointmentState.EMPTY, entry.value, assessment.reach()));
        }
    }

    void take(AppointmentVersion version) {
        String id = version.appointmentId();
        AppointmentState state = stateOf(id);
        AppointmentHistory history = state.history().with(version);
        if (history == state.history()) {
            return;
        }
        linkReplaced(id, state.history(), history);
        ahead.withdraw(state);
        keep(id, state, assessed(id, state.with(history)));
    }

    void link(String replacedId, Link link) {
        AppointmentState state = stateOf(replacedId);
        List<Replacement> replacements = new ArrayList<>(state.replacements());
        replacements.removeIf(known -> known.appointmentId().equals(link.replacementId()));
        if (link.replacement() != null) {
            replacements.add(link.replacement());
        }
        AppointmentState linked = state.with(replacements);
        if (!linked.replacements().equals(state.replacements())) {
            ahead.withdraw(state);
            keep(replacedId, state, assessed(replacedId, linked));
        }
    }

    void reassess(String id) {
        AppointmentState state = store.get(id);
        if (state == null) {
            return;
        }
        AppointmentState assessed = assessed(id, state);
        if (assessed != state) {
            ahead.counted(state, assessed);
            keep(id, state, assessed);
        }
    }

    /** Forgets the appointment when nothing about it is as recent as {@code before}. */
    void expire(String id, long before) {
        AppointmentState state = store.get(id);
        if (state == null || newestMoment(state.history()) >= before) {
            return;
        }
        ahead.withdraw(state);
        index.update(state, AppointmentState.EMPTY, assessment.reach());
        if (state.impact() != null) {
            counts.move(state.impact(), state.specialty(), null, null);
            outlet.impact(id, null);
        }
        store.delete(id);
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

    /** Returns the very same state when its impact has not changed. */
    private AppointmentState assessed(String id, AppointmentState state) {
        Impact before = state.impact();
        Impact after = assessment.assess(state.history(), Replacement.best(state.replacements()));
        if (after == null) {
            if (before == null || before.state() == ImpactState.NONE) {
                return state;
            }
            after = assessment.vanished(before, state.history().last());
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

    /** Tells the appointment that this one replaces, or no longer replaces, what it looks like now. */
    private void linkReplaced(String id, AppointmentHistory before, AppointmentHistory after) {
        AppointmentVersion old = before.isEmpty() ? null : before.last();
        AppointmentVersion now = after.isEmpty() ? null : after.last();
        String oldTarget = old == null ? null : old.replaces();
        String target = now == null ? null : now.replaces();
        if (oldTarget != null && !oldTarget.equals(target) && !oldTarget.equals(id)) {
            outlet.link(oldTarget, new Link(id, null));
        }
        if (target != null && !target.equals(id) && !now.equals(old)) {
            outlet.link(target, new Link(id, Replacement.of(now)));
        }
    }

    private static long newestMoment(AppointmentHistory history) {
        long newest = Long.MIN_VALUE;
        for (AppointmentVersion version : history.versions()) {
            newest = Math.max(newest, Math.max(version.slotEnd(), version.updatedAt()));
        }
        return newest;
    }

    /** Takes what others need to know. */
    interface Outlet {
        /** A null impact is a tombstone. */
        void impact(String appointmentId, Impact impact);

        void link(String replacedId, Link link);
    }
}
