package org.knockon.benchmarks.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Services that need systems nobody else needs, so that taking these down hits exactly their appointments.
 *
 * @param systems with fewer than services, each serves several; with more, each service needs several
 */
public record ServiceGroup(String name, int systems, int services) {

    public ServiceGroup {
        if (systems < 1 || services < 1) {
            throw new IllegalArgumentException("group " + name + " needs at least one system and one service");
        }
    }

    public List<String> systemIds() {
        return IntStream.range(0, systems).mapToObj(this::systemId).toList();
    }

    public List<String> serviceIds() {
        return IntStream.range(0, services).mapToObj(this::serviceId).toList();
    }

    String serviceId(int i) {
        return name + "-clinic-" + i;
    }

    private String systemId(int i) {
        return name + "-system-" + i;
    }

    List<String> requiredBy(int service) {
        List<String> required = new ArrayList<>();
        for (int system = service % systems; system < systems; system += services) {
            required.add(systemId(system));
        }
        return required;
    }
}
