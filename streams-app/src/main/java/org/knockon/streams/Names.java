package org.knockon.streams;

/**
 * Names of processors and stores. They are part of the running state: a store's name is its changelog topic's name, so a rename
 * abandons what was stored. The golden {@code topology.txt} pins them.
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
    /** Fold of the observations before each day. */
    public static final String CHECKPOINTS = "detection-checkpoints";
    /** Outages announced, by id. */
    public static final String DETECTED_OUTAGES = "detected-outages";
    /** Catalogue, outages and clock: each partition's copy of the broadcast. */
    public static final String SITUATION = "situation";
    /** How far the assessor of a partition has come. */
    public static final String ASSESSOR_PROGRESS = "assessor-progress";
    /** All that is kept of each appointment. */
    public static final String APPOINTMENTS = "appointments";
    /** Appointments that name another in {@code replaces}, by the one that they replace. */
    public static final String REPLACEMENTS = "replacements";
    /** Appointments by service and time. */
    public static final String APPOINTMENT_INDEX = "appointment-index";
    /** Stretches that wait to be looked at again. */
    public static final String WORK = "work";
    /** This partition's count of each cell. */
    public static final String PARTIAL_COUNTS = "partial-counts";
    /** Observations of systems that the catalogue does not know. */
    public static final String PARKED_OBSERVATIONS = "parked-observations";
    /** Appointments of services that the catalogue does not know. */
    public static final String PARKED_APPOINTMENTS = "parked-appointments";
    /** Partials and published counts of each cell. */
    public static final String CELL_TALLIES = "cell-tallies";
    /** How far each assessor partition has come. */
    public static final String PARTITION_CLOCKS = "partition-clocks";

    private Names() {}
}
