package org.knockon.oracle;

import java.util.ArrayList;
import java.util.List;
import org.knockon.impact.model.Evidence;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.SystemStatus;

/** Finds the outages in the status line of one system (5 to 8). */
final class OutageScan {

    private OutageScan() {}

    static List<Outage> outages(String systemId, List<StatusPiece> line, MonitoringPolicy policy) {
        List<Outage> outages = new ArrayList<>();
        Long openSince = null;
        for (Run run : runs(line)) {
            if (openSince == null && run.unavailable && run.length() >= policy.confirmAfter()) {
                openSince = run.start;
            } else if (openSince != null && !run.unavailable && run.length() >= policy.recoverAfter()) {
                outages.add(outage(systemId, openSince, run.start, line, policy));
                openSince = null;
            }
        }
        if (openSince != null) {
            outages.add(outage(systemId, openSince, Outage.OPEN, line, policy));
        }
        return outages;
    }

    private static Outage outage(
            String systemId, long startedAt, long endedAt, List<StatusPiece> line, MonitoringPolicy policy) {
        List<StatusPiece> unavailable = line.stream()
                .filter(piece -> startedAt <= piece.start() && piece.start() < endedAt && piece.unavailable())
                .toList();
        boolean planned = unavailable.stream().allMatch(piece -> piece.status() == SystemStatus.MAINTENANCE);
        boolean observed = unavailable.stream().anyMatch(piece -> !piece.silent());
        boolean beganInSilence = unavailable.get(0).silent();
        long confirmedAt = startedAt
                + (beganInSilence ? Math.max(policy.confirmAfter(), policy.silenceAfter()) : policy.confirmAfter());
        return new Outage(
                systemId, startedAt, endedAt, planned, observed ? Evidence.OBSERVED : Evidence.SILENCE, confirmedAt);
    }

    /** Joins successive pieces with the same availability. */
    private static List<Run> runs(List<StatusPiece> line) {
        List<Run> runs = new ArrayList<>();
        for (StatusPiece piece : line) {
            Run newest = runs.isEmpty() ? null : runs.get(runs.size() - 1);
            if (newest != null && newest.unavailable == piece.unavailable()) {
                runs.set(runs.size() - 1, new Run(newest.start, piece.end(), newest.unavailable));
            } else {
                runs.add(new Run(piece.start(), piece.end(), piece.unavailable()));
            }
        }
        return runs;
    }

    private record Run(long start, long end, boolean unavailable) {
        long length() {
            return end - start;
        }
    }
}
