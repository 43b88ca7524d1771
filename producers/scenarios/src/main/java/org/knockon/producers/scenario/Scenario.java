package org.knockon.producers.scenario;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/**
 * A hospital, its failures and its reaction: everything from which events are generated.
 *
 * @param name file name without extension
 * @param digest SHA-256 of the YAML text, in hex
 * @param synthetic which parts are invented; every screen that shows the scenario shows this text
 * @param from first instant of the window
 * @param to first instant after the window
 * @param closed days without planned care
 * @param recorded number of postponements that the hospital records, week by week; empty if the shares of the reaction
 *     decide
 */
public record Scenario(
        String name,
        String digest,
        String title,
        String synthetic,
        List<Source> sources,
        ZoneId zone,
        long from,
        long to,
        long seed,
        List<Organisation> organisations,
        List<Site> sites,
        Set<LocalDate> closed,
        List<Monitor> monitors,
        List<ScenarioSystem> systems,
        List<ScenarioService> services,
        List<Failure> failures,
        Reaction reaction,
        List<RecordedWeek> recorded,
        Delivery delivery) {
    public Scenario {
        sources = List.copyOf(sources);
        organisations = List.copyOf(organisations);
        sites = List.copyOf(sites);
        closed = Set.copyOf(closed);
        monitors = List.copyOf(monitors);
        systems = List.copyOf(systems);
        services = List.copyOf(services);
        failures = List.copyOf(failures);
        recorded = List.copyOf(recorded);
    }

    public LocalDate firstDay() {
        return Instant.ofEpochMilli(from).atZone(zone).toLocalDate();
    }

    /** The last day of the window. */
    public LocalDate lastDay() {
        return Instant.ofEpochMilli(to - 1).atZone(zone).toLocalDate();
    }
}
