package org.knockon.streams.codec;

import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.Capability;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.ChangeReason;
import org.knockon.impact.model.Evidence;
import org.knockon.impact.model.ImpactState;
import org.knockon.impact.model.Priority;
import org.knockon.impact.model.SystemStatus;

/** Tags of all enums in stored bytes. Never change a tag, and never reuse that of a removed constant. */
public final class StateEnums {

    public static final EnumTags<Evidence> EVIDENCE =
            new EnumTags<>("evidence", Evidence.values(), evidence -> switch (evidence) {
                case UNKNOWN -> 1;
                case OBSERVED -> 2;
                case SILENCE -> 3;
            });

    public static final EnumTags<Priority> PRIORITY =
            new EnumTags<>("priority", Priority.values(), priority -> switch (priority) {
                case UNKNOWN -> 1;
                case ROUTINE -> 2;
                case URGENT -> 3;
                case TWO_WEEK_WAIT -> 4;
                case EMERGENCY -> 5;
            });

    public static final EnumTags<SystemStatus> SYSTEM_STATUS =
            new EnumTags<>("system status", SystemStatus.values(), status -> switch (status) {
                case UNKNOWN -> 1;
                case UP -> 2;
                case DEGRADED -> 3;
                case MAINTENANCE -> 4;
                case DOWN -> 5;
            });

    static final EnumTags<AppointmentStatus> APPOINTMENT_STATUS =
            new EnumTags<>("appointment status", AppointmentStatus.values(), status -> switch (status) {
                case UNKNOWN -> 1;
                case PROPOSED -> 2;
                case PENDING -> 3;
                case BOOKED -> 4;
                case ARRIVED -> 5;
                case CHECKED_IN -> 6;
                case FULFILLED -> 7;
                case NOSHOW -> 8;
                case CANCELLED -> 9;
                case WAITLIST -> 10;
                case ENTERED_IN_ERROR -> 11;
            });

    static final EnumTags<ChangeReason> CHANGE_REASON =
            new EnumTags<>("change reason", ChangeReason.values(), reason -> switch (reason) {
                case UNKNOWN -> 1;
                case PATIENT -> 2;
                case CLINICAL -> 3;
                case PROVIDER -> 4;
                case IT_OUTAGE -> 5;
            });

    static final EnumTags<Capability> CAPABILITY =
            new EnumTags<>("capability", Capability.values(), capability -> switch (capability) {
                case UNKNOWN -> 1;
                case RECORDS -> 2;
                case ORDER_COMMS -> 3;
                case RESULTS -> 4;
                case IMAGING -> 5;
                case PATHOLOGY -> 6;
                case PRESCRIBING -> 7;
                case SCHEDULING -> 8;
                case THEATRE_MANAGEMENT -> 9;
                case TELEPHONY -> 10;
                case NETWORK -> 11;
                case OTHER -> 12;
            });

    static final EnumTags<Category> CATEGORY =
            new EnumTags<>("category", Category.values(), category -> switch (category) {
                case UNKNOWN -> 1;
                case OUTPATIENT -> 2;
                case DIAGNOSTIC -> 3;
                case THEATRE -> 4;
                case DAY_CASE -> 5;
                case PATHOLOGY -> 6;
                case COMMUNITY -> 7;
                case OTHER -> 8;
            });

    static final EnumTags<ImpactState> IMPACT_STATE =
            new EnumTags<>("impact state", ImpactState.values(), state -> switch (state) {
                case UNKNOWN -> 1;
                case NONE -> 2;
                case AT_RISK -> 3;
                case UNCONFIRMED -> 4;
                case DELIVERED_IN_DOWNTIME -> 5;
                case AWAITING_DATE -> 6;
                case REBOOKED -> 7;
                case RECOVERED -> 8;
                case ABANDONED -> 9;
            });

    static final EnumTags<WorkItem.Purpose> PURPOSE =
            new EnumTags<>("purpose of a work item", WorkItem.Purpose.values(), purpose -> switch (purpose) {
                case REASSESS -> 1;
                case EXPIRE -> 2;
            });

    /** An observation in its store: system, time and monitor are in the key. */
    public static final VersionedTag<SystemStatus> OBSERVATION = new VersionedTag<>("observation", 1, SYSTEM_STATUS);

    /** An untouched booking in the index. */
    public static final VersionedTag<Priority> UNTOUCHED_BOOKING =
            new VersionedTag<>("index entry of an untouched booking", 1, PRIORITY);

    private StateEnums() {}
}
