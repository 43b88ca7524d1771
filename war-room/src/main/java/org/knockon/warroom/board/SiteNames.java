package org.knockon.warroom.board;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.knockon.impact.model.CareService;

/**
 * What people call the sites. Where care services of one site give it different names, that of the smallest serviceId holds, whatever the
 * order in which they came.
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

    /** Null where no care service tells it. */
    public String name(String site) {
        return names.get(site);
    }

    /** @param name null where it is not known */
    public static String withCode(String name, String site) {
        return name == null ? site : name + " (" + site + ")";
    }
}
