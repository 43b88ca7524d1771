package org.knockon.systemtests.kubernetes;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A folder that can be applied to a cluster. */
enum Overlay {
    PLAIN,
    STRIMZI;

    /** The name of the folder below docker/kubernetes. */
    String folder() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The content of a generated ConfigMap. */
    Map<String, String> configMap(String name) {
        Map<String, String> content = new TreeMap<>();
        for (Map<String, Object> map : kustomization().maps("configMapGenerator")) {
            if (map.get("name").equals(name)) {
                ((List<?>) map.get("literals")).forEach(literal -> {
                    String[] parts = literal.toString().split("=", 2);
                    content.put(parts[0], parts[1]);
                });
            }
        }
        if (content.isEmpty()) {
            throw new AssertionError(this + " has no ConfigMap " + name);
        }
        return content;
    }

    Manifest kustomization() {
        return Manifest.in(folder() + "/kustomization.yaml").get(0);
    }
}
