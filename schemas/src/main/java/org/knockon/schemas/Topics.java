package org.knockon.schemas;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.PublishedOutage;

/** All topics of Knock-on: the one table that producers, topology, topic creation, documents and tests use. */
public final class Topics {

    /** Prefix of live topics. */
    public static final String DEFAULT_PREFIX = "knockon.";

    private static final int ONE = 1;
    private static final int MANY = 4;

    /** Only the key carries the systemId: values have none until {@link Topic#keyed} copies it. */
    public static final Topic<MonitoredSystem> SYSTEMS = compacted(
            "systems", MonitoredSystem.class, "systemId", ONE, Topics::withId, "The systems and their dependencies.");

    /** Only the key carries the serviceId: values have none until {@link Topic#keyed} copies it. */
    public static final Topic<CareService> CARE_SERVICES = compacted(
            "care-services",
            CareService.class,
            "serviceId",
            ONE,
            Topics::withId,
            "The care services and the systems that each requires.");

    public static final Topic<Observation> SYSTEM_HEALTH =
            deleted("system-health", Observation.class, "systemId", 90, "Observations of the systems by monitors.");

    public static final Topic<AppointmentVersion> APPOINTMENTS = deleted(
            "appointments",
            AppointmentVersion.class,
            "appointmentId",
            800,
            "Snapshots of booked care, one for each change.");

    public static final Topic<PublishedOutage> OUTAGES = compacted(
            "outages",
            PublishedOutage.class,
            "outageId = systemId@startedAt",
            MANY,
            Topics::same,
            "Confirmed outages and their cascades; a tombstone retracts an outage.");

    public static final Topic<AssessedImpact> CARE_IMPACTS = compacted(
            "care-impacts",
            AssessedImpact.class,
            "appointmentId",
            MANY,
            Topics::same,
            "How outages affected each appointment.");

    public static final Topic<CellCounts> IMPACT_COUNTS = compacted(
            "impact-counts",
            CellCounts.class,
            "DIMENSION or DIMENSION|value",
            MANY,
            Topics::same,
            "Current number of appointments per impact state in each cell.");

    public static final Topic<CellCounts> IMPACT_HISTORY = deleted(
            "impact-history",
            CellCounts.class,
            "DIMENSION or DIMENSION|value",
            400,
            "The same numbers at the end of each five minutes of event time.");

    public static final Topic<PartitionProgress> INPUT_PROGRESS = compacted(
            "input-progress",
            PartitionProgress.class,
            "input topic-partition",
            ONE,
            Topics::same,
            "How far the pipeline has read each partition of its inputs.");

    public static final Topic<byte[]> DEAD_LETTERS = deleted(
            "dead-letters",
            byte[].class,
            "original key bytes",
            30,
            "Records that could not be processed: the original bytes, with topic, partition, offset and error in headers.");

    public static final Topic<RefusedMessage> REFUSALS = deleted(
            "refusals",
            RefusedMessage.class,
            "feed",
            30,
            "Messages of feeds that were refused: which one and why, without their content.");

    /** Carries outages, catalogue and clock to every partition; its codec is in the streams app. */
    public static final Topic<byte[]> BROADCAST = deleted(
            "internal.broadcast",
            byte[].class,
            "kind and id",
            7,
            "Internal: outages, catalogue and clock, sent to every partition.");

    /** Carries links from replacements to the appointments they replace; its codec is in the streams app. */
    public static final Topic<byte[]> REPLACES = deleted(
            "internal.replaces",
            byte[].class,
            "appointmentId of the replaced appointment",
            7,
            "Internal: links from replacements to the appointments they replace.");

    /** Carries counts per cell and partition; its codec is in the streams app. */
    public static final Topic<byte[]> PARTIALS = deleted(
            "internal.partials",
            byte[].class,
            "cell key",
            7,
            "Internal: counts per cell and partition, as absolute values.");

    /** What feeds must know again after a restart. */
    public static final Topic<FeedState> FEEDS = compacted(
            "internal.feeds",
            FeedState.class,
            "feed, kind and id",
            ONE,
            Topics::same,
            "Internal: recent messages of feeds, and what monitors have reported so far.");

    private static final List<Topic<?>> ALL = List.of(
            SYSTEMS,
            CARE_SERVICES,
            SYSTEM_HEALTH,
            APPOINTMENTS,
            OUTAGES,
            CARE_IMPACTS,
            IMPACT_COUNTS,
            IMPACT_HISTORY,
            INPUT_PROGRESS,
            DEAD_LETTERS,
            REFUSALS,
            BROADCAST,
            REPLACES,
            PARTIALS,
            FEEDS);

    private Topics() {}

    /** Public topics first, then the internal ones. */
    public static List<Topic<?>> all() {
        return ALL;
    }

    /** The topics that the pipeline reads or writes: all except those that only feeds use. */
    public static List<Topic<?>> ofThePipeline() {
        return ALL.stream().filter(topic -> topic != REFUSALS && topic != FEEDS).toList();
    }

    /** Finds a topic by its name, with or without the prefix. */
    public static Optional<Topic<?>> byName(String name, String prefix) {
        return ALL.stream()
                .filter(topic ->
                        topic.shortName().equals(name) || topic.name(prefix).equals(name))
                .findFirst();
    }

    private static <V> Topic<V> compacted(
            String name, Class<V> value, String key, int partitions, BiFunction<String, V, V> keyed, String doc) {
        return new Topic<>(name, value, key, partitions, Topic.Cleanup.COMPACT, Optional.empty(), keyed, doc);
    }

    private static <V> Topic<V> deleted(String name, Class<V> value, String key, int days, String doc) {
        Optional<Duration> retention = Optional.of(Duration.ofDays(days));
        return new Topic<>(name, value, key, MANY, Topic.Cleanup.DELETE, retention, Topics::same, doc);
    }

    private static <V> V same(String key, V value) {
        return value;
    }

    private static MonitoredSystem withId(String key, MonitoredSystem s) {
        return new MonitoredSystem(
                key, s.name(), s.organisation(), s.kind(), s.dependsOn(), s.monitoring(), s.standard());
    }

    private static CareService withId(String key, CareService s) {
        return new CareService(
                key, s.name(), s.organisation(), s.site(), s.siteName(), s.specialty(), s.category(), s.requires());
    }
}
