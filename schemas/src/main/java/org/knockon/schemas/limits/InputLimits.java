package org.knockon.schemas.limits;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.Requirement;
import org.knockon.impact.model.SystemStatus;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;

/**
 * The limits on the fields of one input topic. Lengths are in UTF-8 bytes. Pure functions, thread-safe.
 *
 * @param <V> the topic's plain record
 */
public final class InputLimits<V> {

    /** Largest value of an input topic, in bytes on the wire including the schema id. Checked before decoding. */
    public static final int LARGEST_VALUE = 256 * 1024;

    /** Longest id and longest record key, in UTF-8 bytes. */
    public static final int LONGEST_ID = 256;

    /** Longest slot, in milliseconds: a local day of 25 hours, as at the end of summer time. */
    public static final long LONGEST_SLOT = 25 * 60 * 60 * 1000L;

    /** Longest time between updatedAt and slotStart, in milliseconds: five years with two leap days. */
    public static final long FARTHEST_SLOT = 1_827 * 24 * 60 * 60 * 1000L;

    /**
     * How far the clock of a booking system may be ahead of the machine that its messages come to, in milliseconds. The
     * time of a version advances no clock of the pipeline. That of an observation does, and an early clock makes every
     * other monitor look silent, so a monitor has no such lead.
     */
    public static final long BOOKING_CLOCK_LEAD = 5 * 60 * 1000L;

    private static final int NAME = 1_000;
    private static final int DETAIL = 4_000;
    private static final int CODE = 64;
    private static final int LIST = 1_000;
    private static final long YEAR_OF_MINUTES = 366 * 24 * 60L;
    private static final long YEAR_OF_SECONDS = YEAR_OF_MINUTES * 60;
    /** Ten years: the setting for a system without heartbeats, whose silence means nothing. */
    private static final long LONGEST_SILENCE_SECONDS = 3_653 * 24 * 60 * 60L;

    private static final InputLimits<MonitoredSystem> SYSTEMS = new InputLimits<>(
            Topics.SYSTEMS,
            null,
            List.of(
                    new Limit.Text<>("name", TextKind.TEXT, NAME, MonitoredSystem::name),
                    new Limit.Text<>("organisation", TextKind.CODE, CODE, MonitoredSystem::organisation),
                    new Limit.Text<>("kind", TextKind.CODE, LONGEST_ID, MonitoredSystem::kind),
                    new Limit.Entries<>("dependsOn", LIST, s -> s.dependsOn().size()),
                    new Limit.Texts<>("dependsOn[]", TextKind.ID, LONGEST_ID, MonitoredSystem::dependsOn),
                    new Limit.Whole<>(
                            "monitoring.confirmAfterSeconds",
                            0,
                            YEAR_OF_SECONDS,
                            s -> s.monitoring().confirmAfter() / 1000),
                    new Limit.Whole<>(
                            "monitoring.recoverAfterSeconds",
                            0,
                            YEAR_OF_SECONDS,
                            s -> s.monitoring().recoverAfter() / 1000),
                    new Limit.Whole<>(
                            "monitoring.silenceAfterSeconds",
                            1,
                            LONGEST_SILENCE_SECONDS,
                            s -> s.monitoring().silenceAfter() / 1000),
                    new Limit.Decimal<>(
                            "standard.availabilityPercent",
                            BigDecimal.ZERO,
                            BigDecimal.valueOf(100),
                            6,
                            s -> s.standard() == null ? null : s.standard().availabilityPercent()),
                    new Limit.Whole<>(
                            "standard.longestOutageMinutes",
                            0,
                            YEAR_OF_MINUTES,
                            s -> s.standard() == null ? 0 : s.standard().longestOutageMinutes())));

    private static final InputLimits<CareService> CARE_SERVICES = new InputLimits<>(
            Topics.CARE_SERVICES,
            null,
            List.of(
                    new Limit.Text<>("name", TextKind.TEXT, NAME, CareService::name),
                    new Limit.Text<>("organisation", TextKind.CODE, CODE, CareService::organisation),
                    new Limit.Text<>("site", TextKind.CODE, CODE, CareService::site),
                    new Limit.Text<>("siteName", TextKind.TEXT, NAME, CareService::siteName),
                    new Limit.Text<>("specialty", TextKind.CODE, CODE, CareService::specialty),
                    new Limit.Entries<>("requires", LIST, s -> s.requires().size()),
                    new Limit.Texts<>(
                            "requires[].systemId",
                            TextKind.ID,
                            LONGEST_ID,
                            s -> s.requires().stream()
                                    .map(Requirement::systemId)
                                    .toList()),
                    new Limit.Whole<>(
                            "requires[].toleranceMinutes",
                            0,
                            YEAR_OF_MINUTES,
                            s -> s.requires().stream()
                                    .mapToLong(need -> need.tolerance() / 60_000)
                                    .max()
                                    .orElse(0))));

    private static final InputLimits<Observation> SYSTEM_HEALTH = new InputLimits<>(
            Topics.SYSTEM_HEALTH,
            "an observation cannot be deleted",
            List.of(
                    new Limit.Text<>("systemId", TextKind.ID, LONGEST_ID, Observation::systemId),
                    new Limit.Relation<>("status", "UNKNOWN is refused.", InputLimits::unknownStatus),
                    new Limit.Time<>("observedAt", true, Observation::observedAt),
                    new Limit.Text<>("monitor", TextKind.CODE, LONGEST_ID, Observation::monitor),
                    new Limit.Text<>("detail", TextKind.TEXT, DETAIL, Observation::detail)));

    private static final InputLimits<AppointmentVersion> APPOINTMENTS = new InputLimits<>(
            Topics.APPOINTMENTS,
            "an appointment ends with a status (CANCELLED, ENTERED_IN_ERROR), not with a tombstone",
            List.of(
                    new Limit.Text<>("appointmentId", TextKind.ID, LONGEST_ID, AppointmentVersion::appointmentId),
                    new Limit.Whole<>("sequence", 0, Long.MAX_VALUE, AppointmentVersion::sequence),
                    new Limit.Text<>("serviceId", TextKind.ID, LONGEST_ID, AppointmentVersion::serviceId),
                    new Limit.Text<>("patientRef", TextKind.CODE, LONGEST_ID, AppointmentVersion::patientRef),
                    new Limit.Text<>("replaces", TextKind.OPTIONAL_ID, LONGEST_ID, AppointmentVersion::replaces),
                    new Limit.Time<>("updatedAt", true, AppointmentVersion::updatedAt),
                    new Limit.When<>(
                            version -> version.dueIn() != null,
                            new Limit.Time<>("dueIn", false, AppointmentVersion::dueIn)),
                    ifStatusKnown(new Limit.Time<>("slotStart", false, AppointmentVersion::slotStart)),
                    ifStatusKnown(new Limit.Time<>("slotEnd", false, AppointmentVersion::slotEnd)),
                    ifStatusKnown(new Limit.Relation<>(
                            "slotStart", "At most 5 years (1,827 days) from updatedAt.", InputLimits::farSlot)),
                    ifStatusKnown(new Limit.Relation<>(
                            "slotEnd",
                            "Not before slotStart and at most 25 hours after it.",
                            InputLimits::slotLength))));

    private static final Map<Topic<?>, InputLimits<?>> BY_TOPIC = new LinkedHashMap<>();

    static {
        for (InputLimits<?> limits : List.of(SYSTEMS, CARE_SERVICES, SYSTEM_HEALTH, APPOINTMENTS)) {
            BY_TOPIC.put(limits.topic, limits);
        }
    }

    private final Topic<V> topic;
    private final String noTombstones;
    private final List<Limit<V>> fields;

    /** @param noTombstones why the topic does not accept tombstones; null if it does */
    private InputLimits(Topic<V> topic, String noTombstones, List<Limit<V>> fields) {
        this.topic = topic;
        this.noTombstones = noTombstones;
        this.fields = fields;
    }

    /** The limits of all input topics. */
    public static List<InputLimits<?>> all() {
        return List.copyOf(BY_TOPIC.values());
    }

    /** The limits of a topic; empty if it is not an input topic. */
    @SuppressWarnings("unchecked") // the map pairs each topic with limits of its value type
    public static <V> Optional<InputLimits<V>> of(Topic<V> topic) {
        return Optional.ofNullable((InputLimits<V>) BY_TOPIC.get(topic));
    }

    public Topic<V> topic() {
        return topic;
    }

    /** The limits, in the order in which they are checked. */
    public List<Limit<V>> fields() {
        return fields;
    }

    /**
     * Returns the reason for refusing a record, or empty if every limit holds. The reason names the field and never
     * quotes its text.
     *
     * @param key the record key; if the value also carries the id, the two must be equal
     * @param value null is a tombstone, which only the catalogue topics accept
     * @param latest the latest time at which the record can have been written, epoch milliseconds: in live mode, now
     *     plus the allowed clock skew; otherwise {@link EventTimes#LATEST}
     */
    public Optional<String> refusal(String key, V value, long latest) {
        String refusal = keyRefusal(key);
        if (refusal == null) {
            refusal = value == null ? tombstoneRefusal() : valueRefusal(value, latest(latest));
        }
        if (refusal == null
                && value != null
                && idOf(value) != null
                && !idOf(value).equals(key)) {
            refusal = "key '" + key + "' is not the " + topic.key() + " '" + idOf(value) + "'";
        }
        return Optional.ofNullable(refusal);
    }

    /**
     * The latest time that a record of the topic may carry, epoch milliseconds.
     *
     * @param latest the latest time at which the record can have been written, as for {@link #refusal}
     */
    public long latest(long latest) {
        return topic.equals(Topics.APPOINTMENTS) ? latest + BOOKING_CLOCK_LEAD : latest;
    }

    /** Returns the reason for refusing bytes before they are decoded, or empty if there are not too many of them. */
    public static Optional<String> sizeRefusal(byte[] value) {
        return value == null || value.length <= LARGEST_VALUE
                ? Optional.empty()
                : Optional.of("value has " + value.length + " bytes: at most " + LARGEST_VALUE + " are accepted");
    }

    private static String keyRefusal(String key) {
        return key == null ? "the key is empty" : TextKind.ID.refusal("the key", key, LONGEST_ID);
    }

    private String tombstoneRefusal() {
        return noTombstones == null ? null : "value is null: " + noTombstones;
    }

    private String valueRefusal(V value, long latest) {
        for (Limit<V> limit : fields) {
            String refusal = limit.refusal(value, latest);
            if (refusal != null) {
                return refusal;
            }
        }
        return null;
    }

    /** The id inside a value; null if only the key carries the id. */
    private static String idOf(Object value) {
        if (value instanceof Observation observation) {
            return observation.systemId();
        }
        return value instanceof AppointmentVersion version ? version.appointmentId() : null;
    }

    /**
     * A newer schema may use slots differently for its new statuses. Such a version is ignored, so its slot is not
     * checked.
     */
    private static Limit<AppointmentVersion> ifStatusKnown(Limit<AppointmentVersion> limit) {
        return new Limit.When<>(version -> version.status() != AppointmentStatus.UNKNOWN, limit);
    }

    private static String unknownStatus(Observation observation) {
        return observation.status() == SystemStatus.UNKNOWN
                ? "status of system '" + observation.systemId() + "' is UNKNOWN: was it written by a newer schema?"
                : null;
    }

    private static String farSlot(AppointmentVersion version) {
        return Math.abs(version.slotStart() - version.updatedAt()) <= FARTHEST_SLOT
                ? null
                : "slotStart of appointment '" + version.appointmentId() + "' is more than 5 years from its updatedAt";
    }

    private static String slotLength(AppointmentVersion version) {
        long length = version.slotEnd() - version.slotStart();
        if (length < 0) {
            return "slotEnd of appointment '" + version.appointmentId() + "' is before its slotStart, by "
                    + -length / 1000 + " s";
        }
        return length <= LONGEST_SLOT
                ? null
                : "slot of appointment '" + version.appointmentId() + "' is longer than 25 hours";
    }
}
