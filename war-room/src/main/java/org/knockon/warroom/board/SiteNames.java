package org.knockon.warroom.board;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.knockon.impact.model.CareService;

/**
 * Names of the sites. If care services of one site give it different names, the name from the smallest serviceId wins,
 * so the order of arrival does not matter.
 */
public final class SiteNames {

    private final Map<String, String> names = new HashMap<>();

    /** @param services by serviceId */
    public SiteNames(Map<String, CareService> services) {
        for (CareService service : new TreeMap<>(services).values()) {
            if (service.siteName() != null && !service.siteName().isBlank()) {
                names.putIfAbsent(service.site(), service.siteName());
            }
        }
    }

    /** Null if no care service names the site. */
    public String name(String site) {
        return names.get(site);
    }

    /** @param name null if unknown */
    public static String withCode(String name, String site) {
        return name == null ? site : name + " (" + site + ")";
    }
}
