package org.knockon.systemtests.kubernetes;

import static java.util.stream.Collectors.toSet;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A kind of pod: a StatefulSet, a Deployment or a Job with one container. */
record Workload(Manifest manifest) {

    private static final Set<String> KINDS = Set.of("StatefulSet", "Deployment", "Job");

    private static final String NAME = "metadata.name";
    private static final String ZONE = "metadata.labels['topology.kubernetes.io/zone']";
    private static final Pattern VARIABLE = Pattern.compile("\\$\\(([A-Z_]+)\\)");

    static List<Workload> all() {
        return Manifest.all().stream()
                .filter(manifest ->
                        (manifest.file().startsWith("base/") || manifest.file().startsWith("feeds/"))
                                && KINDS.contains(manifest.kind()))
                .map(Workload::new)
                .toList();
    }

    static Workload named(String name) {
        return all().stream()
                .filter(workload -> workload.manifest.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    Map<String, Object> pod() {
        return manifest.map("spec.template.spec");
    }

    Map<String, Object> labels() {
        return manifest.map("spec.template.metadata.labels");
    }

    Map<String, Object> container() {
        List<Map<String, Object>> containers = manifest.maps("spec.template.spec.containers");
        if (containers.size() != 1) {
            throw new AssertionError(manifest + " has " + containers.size() + " containers");
        }
        return containers.get(0);
    }

    List<String> arguments() {
        return ((List<?>) container().get("args")).stream().map(String::valueOf).toList();
    }

    /** The variables of the first pod, with those of the overlay's ConfigMap, in a zone of a common name. */
    Map<String, String> environment(Overlay overlay) {
        return environment(overlay, "europe-west2-a");
    }

    /** @param zone label of the pod; empty if it has none */
    Map<String, String> environment(Overlay overlay, String zone) {
        Map<String, String> environment = new TreeMap<>();
        Manifest.maps(container().get("envFrom"))
                .forEach(
                        from -> environment.putAll(overlay.configMap((String) Manifest.at(from, "configMapRef.name"))));
        Manifest.maps(container().get("env"))
                .forEach(
                        variable -> environment.put((String) variable.get("name"), value(variable, environment, zone)));
        return environment;
    }

    /** As the kubelet does it: a variable may name those before it. */
    private String value(Map<String, Object> variable, Map<String, String> before, String zone) {
        Object field = Manifest.at(variable, "valueFrom.fieldRef.fieldPath");
        if (field == null) {
            return VARIABLE.matcher((String) variable.get("value")).replaceAll(found -> before.get(found.group(1)));
        }
        return switch ((String) field) {
            case NAME -> manifest.name() + "-0";
            case ZONE -> zone;
            default -> throw new AssertionError("the downward API has no field " + field);
        };
    }

    /** Names of volumes by the folder that they are mounted on. */
    Map<String, String> mounts() {
        Map<String, String> mounts = new TreeMap<>();
        Manifest.maps(container().get("volumeMounts"))
                .forEach(mount -> mounts.put((String) mount.get("mountPath"), (String) mount.get("name")));
        return mounts;
    }

    /** Names of all volumes, those of the claims included. */
    Set<String> volumes() {
        Set<String> volumes = new TreeSet<>();
        Stream.concat(
                        Manifest.maps(pod().get("volumes")).stream().map(volume -> volume.get("name")),
                        manifest.maps("spec.volumeClaimTemplates").stream()
                                .map(claim -> Manifest.at(claim, "metadata.name")))
                .forEach(name -> volumes.add((String) name));
        return volumes;
    }

    /** Names of Secrets by the folder that they are mounted on. */
    Map<String, String> secrets() {
        Map<String, String> secrets = new TreeMap<>();
        mounts().forEach((folder, volume) -> Manifest.maps(pod().get("volumes")).stream()
                .filter(one -> one.get("name").equals(volume) && one.containsKey("secret"))
                .forEach(one -> secrets.put(folder, (String) Manifest.at(one, "secret.secretName"))));
        return secrets;
    }

    /** Texts of the files of the mounted ConfigMaps. */
    List<String> configuration() {
        Set<Object> mounted = Manifest.maps(pod().get("volumes")).stream()
                .filter(volume -> volume.containsKey("configMap"))
                .map(volume -> Manifest.at(volume, "configMap.name"))
                .collect(toSet());
        return Manifest.all().stream()
                .filter(manifest -> manifest.kind().equals("ConfigMap") && mounted.contains(manifest.name()))
                .flatMap(manifest -> manifest.map("data").values().stream())
                .map(String::valueOf)
                .toList();
    }

    /** Numbers of ports by name. */
    Map<String, Object> ports() {
        Map<String, Object> ports = new TreeMap<>();
        Manifest.maps(container().get("ports"))
                .forEach(port -> ports.put((String) port.get("name"), port.get("containerPort")));
        return ports;
    }

    @Override
    public String toString() {
        return manifest.name();
    }
}
