package org.knockon.warroom.board;

import java.util.List;

/**
 * What the screen shows. All instants are event time, epoch milliseconds; absent values are null. What is known (recorded) and what is
 * presumed (nobody has said yet) stand beside each other and are never added.
 *
 * @param now event time at which this stands
 * @param fromHistory whether this was asked for by {@code at}, and so comes from the five-minute history
 * @param historyFrom first instant that history knows; null before it knows any. At an instant before it nothing is known of any number:
 *     {@code postponed}, {@code atRisk}, {@code waiting}, {@code heat} and {@code backlog} are null, and {@code hours} is empty
 * @param atLeast whether a feed is silent, so that every count is a least one
 * @param zone in which local times are shown
 * @param moreFeeds monitors that are not followed, for too many were named; at least
 */
public record BoardView(
        long now,
        boolean fromHistory,
        Long historyFrom,
        boolean atLeast,
        String zone,
        Postponed postponed,
        AtRisk atRisk,
        Waiting waiting,
        Systems systems,
        List<HourBar> hours,
        List<Band> bands,
        List<OutageRow> outages,
        int moreOutages,
        Heat heat,
        Backlog backlog,
        List<FeedRow> feeds,
        int moreFeeds) {

    /** The same at another time: whether two differ in anything else. */
    public BoardView withNow(long other) {
        return new BoardView(
                other,
                fromHistory,
                historyFrom,
                atLeast,
                zone,
                postponed,
                atRisk,
                waiting,
                systems,
                hours,
                bands,
                outages,
                moreOutages,
                heat,
                backlog,
                feeds,
                moreFeeds);
    }

    /** The same with no number of appointments in it: zeros would look like an answer. */
    BoardView withoutCounts() {
        return new BoardView(
                now,
                fromHistory,
                historyFrom,
                atLeast,
                zone,
                null,
                null,
                null,
                systems,
                List.of(),
                bands,
                outages.stream().map(OutageRow::withoutCounts).toList(),
                moreOutages,
                null,
                null,
                feeds,
                moreFeeds);
    }

    /** Known and presumed of one kind of care. */
    public record Pair(long postponed, long unconfirmed) {}

    /** @param by below zero: the count was corrected downwards */
    public record Revision(long at, long by) {}

    /**
     * @param lastHour change of {@code known} within the hour before now; null when the history is shorter
     * @param onPaper delivered in downtime
     * @param procedures theatre and day case
     * @param other diagnostics, pathology, community and the rest
     * @param revision newest correction downwards within the last minutes; null when there was none
     */
    public record Postponed(
            long postponed,
            long unconfirmed,
            Long lastHour,
            long onPaper,
            Pair outpatient,
            Pair procedures,
            Pair other,
            Revision revision) {}

    /** "If nothing is restored by {@code until}: {@code more}." */
    public record Forecast(long until, long more) {}

    /**
     * @param all booked into an outage that is open, within the horizon of the pipeline's rules (24 hours unless configured)
     * @param soon those of the rest of this hour and the four whole hours after it
     * @param soonUntil end of the last of these hours
     * @param urgent of all, those with a priority above routine
     */
    public record AtRisk(long all, long soon, long soonUntil, long urgent, List<Forecast> forecast) {}

    /**
     * @param noDate postponed, and no new date yet
     * @param rebooked with a new date that has not come yet
     * @param urgent of {@code noDate}, those with a priority above routine
     * @param oldestDay first local day, ISO-8601, whose slots are still without a new date; null when there is none
     */
    public record Waiting(long noDate, long rebooked, long urgent, String oldestDay) {}

    /**
     * @param unavailable with an open outage, or dependent on a system that has one
     * @param total in the catalogue
     * @param rootCauses systems whose outages began it, and are not over or something that follows from them is not
     */
    public record Systems(int unavailable, int total, int rootCauses) {}

    /** Appointments by the hour of their slot. */
    public record HourBar(long from, long postponed, long unconfirmed, long onPaper, long atRisk) {}

    /**
     * A root cause.
     *
     * @param backAt when its own system was back; null before
     * @param to when all that follows from it was back as well; null before
     */
    public record Band(String outageId, String name, long from, Long backAt, Long to, boolean planned) {}

    /**
     * One system that is a root cause and what follows from it: about all its times that are not over, else about the newest.
     *
     * @param backAt when the system itself was back; null before
     * @param endedAt when all that follows from it was back as well; null before
     * @param evidence OBSERVED or SILENCE
     * @param follows names of some of the systems that cannot be used because of it; once it has ended, that could not
     * @param followCount how many there are
     * @param otherTimes at which the system was a root cause as well, as far as they are known; the numbers are of all
     * @param firstOther when the first of these began; null when there is none
     * @param postponed appointments that have the system as root cause; null, as {@code presumed} and {@code atRisk}, where history does
     *     not reach back so far
     */
    public record OutageRow(
            String outageId,
            String name,
            long startedAt,
            Long backAt,
            Long endedAt,
            boolean planned,
            String evidence,
            List<String> follows,
            int followCount,
            int otherTimes,
            Long firstOther,
            Long postponed,
            Long unconfirmed,
            Long atRisk) {

        OutageRow withoutCounts() {
            return new OutageRow(
                    outageId,
                    name,
                    startedAt,
                    backAt,
                    endedAt,
                    planned,
                    evidence,
                    follows,
                    followCount,
                    otherTimes,
                    firstOther,
                    null,
                    null,
                    null);
        }
    }

    /** @param moreSites those that have no row, which are the least affected */
    public record Heat(List<String> categories, List<HeatRow> rows, int moreSites) {}

    /**
     * @param site ODS code
     * @param siteName null where no care service tells it
     * @param cells one for each category; null where the site has no such service
     */
    public record HeatRow(String site, String siteName, List<HeatCell> cells) {}

    public record HeatCell(long postponed, long unconfirmed, long atRisk) {}

    public record Point(long at, long waiting) {}

    /** Why there is a range, or none. */
    public enum Outlook {
        NOTHING_WAITING,
        /** Less than a day of history. */
        TOO_EARLY,
        /** No fewer are waiting than a day, two or three before. */
        NOT_FALLING,
        RANGE
    }

    /**
     * @param curve how many had no new date, over time
     * @param earliest with {@link Outlook#RANGE} alone
     * @param latest with {@link Outlook#RANGE} alone; null when at the slowest pace of late it would never be
     */
    public record Backlog(List<Point> curve, Outlook outlook, Long earliest, Long latest) {}

    /**
     * What one monitor sends.
     *
     * @param lastSeen newest observation
     * @param usualGapMillis nine of ten gaps between its observations are no longer; null while too few are known
     * @param silentSince null while it is heard within three usual gaps
     */
    public record FeedRow(String monitor, long lastSeen, Long usualGapMillis, Long silentSince) {}
}
