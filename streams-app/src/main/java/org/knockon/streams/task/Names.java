package org.knockon.streams.task;

/**
 * Names of processors and stores. They are part of the running state: the name of a store is in the name of its
 * changelog topic, so a renamed store starts empty. The golden {@code topology.txt} pins them.
 */
public final class Names {

    public static final String OUTAGE_DETECTOR = "outage-detector";
    public static final String CATALOGUE_BROADCASTER = "catalogue-broadcaster";
    public static final String IMPACT_ASSESSOR = "impact-assessor";
    public static final String IMPACT_COUNTER = "impact-counter";

    public static final String TO_BROADCAST = "to-broadcast";
    public static final String TO_CATALOGUE_BROADCAST = "to-catalogue-broadcast";
    public static final String TO_OUTAGES = "to-outages";
    public static final String TO_CARE_IMPACTS = "to-care-impacts";
    public static final String TO_REPLACES = "to-replaces";
    public static final String TO_PARTIALS = "to-partials";
    public static final String TO_IMPACT_COUNTS = "to-impact-counts";
    public static final String TO_IMPACT_HISTORY = "to-impact-history";
    public static final String TO_DEAD_LETTERS = "to-dead-letters";

    /** Observations by system and time. */
    public static final String OBSERVATIONS = "observations";
    /** Per system, the fold of all observations before each day. */
    public static final String CHECKPOINTS = "detection-checkpoints";
    /** Outages that the detector has announced, by id. */
    public static final String DETECTED_OUTAGES = "detected-outages";
    /** Catalogue, outages and clock: the partition's copy of what is broadcast. */
    public static final String SITUATION = "situation";
    /** Facts that the assessor must know after a restart. */
    public static final String ASSESSOR_PROGRESS = "assessor-progress";
    /** The state of each appointment. */
    public static final String APPOINTMENTS = "appointments";
    /** Replacements by the appointment that they name in {@code replaces}. */
    public static final String REPLACEMENTS = "replacements";
    /** Appointments by service and time; no changelog. */
    public static final String APPOINTMENT_INDEX = "appointment-index";
    /** Ranges of appointments that wait for reassessment. */
    public static final String WORK = "work";
    /** Changes of counts that are not yet spread over their cells. */
    public static final String UNCOUNTED_CHANGES = "uncounted-changes";
    /** The partition's count of each cell. */
    public static final String PARTIAL_COUNTS = "partial-counts";
    /** Observations of systems that are not in the catalogue. */
    public static final String PARKED_OBSERVATIONS = "parked-observations";
    /** Appointments of services that are not in the catalogue. */
    public static final String PARKED_APPOINTMENTS = "parked-appointments";
    /** The count of each cell in each assessor partition. */
    public static final String CELL_PARTIALS = "cell-partials";
    /** Sum and published counts of each cell. */
    public static final String CELL_TALLIES = "cell-tallies";
    /** The clock of each assessor partition. */
    public static final String PARTITION_CLOCKS = "partition-clocks";

    private Names() {}
}
