package org.knockon.benchmarks.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Services whose systems serve no other group, so that an outage of these systems hits exactly the appointments of these services.
 *
 * @param systems if fewer than services, each serves several; if more, each service needs several
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

    /** Ids of the systems that a service needs. */
    List<String> requiredBy(int service) {
        List<String> required = new ArrayList<>();
        for (int system = service % systems; system < systems; system += services) {
            required.add(systemId(system));
        }
        return required;
    }
}
