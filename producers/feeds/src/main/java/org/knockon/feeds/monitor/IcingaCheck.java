package org.knockon.feeds.monitor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.knockon.feeds.json.JsonPaths;
import org.knockon.impact.model.SystemStatus;
import org.knockon.schemas.limits.EventTimes;

/**
 * What Icinga says of one host or service.
 *
 * @param service empty for a host
 * @param at when it was checked, in milliseconds since 1970; 0 if it never was
 * @param lastHard its last hard state; empty if the message does not say it
 */
record IcingaCheck(
        String host,
        String service,
        int state,
        boolean hard,
        boolean reachable,
        boolean downtime,
        long at,
        Optional<Integer> lastHard) {

    /** From an event of the type CheckResult; empty if it lacks the host or the result. */
    static Optional<IcingaCheck> event(JsonNode event) {
        JsonNode result = event.path("check_result");
        JsonNode after = result.path("vars_after");
        JsonNode state = after.has("state") ? after.path("state") : result.path("state");
        Optional<String> host = JsonPaths.text(event, "host");
        if (host.isEmpty() || !state.isNumber()) {
            return Optional.empty();
        }
        return Optional.of(new IcingaCheck(
                host.get(),
                JsonPaths.text(event, "service").orElse(""),
                state.asInt(),
                after.path("state_type").asInt(1) != 0,
                after.path("reachable").asBoolean(true),
                event.path("downtime_depth").asInt() > 0,
                time(result.path("execution_end"), event.path("timestamp")),
                Optional.empty()));
    }

    /** From an entry of a list of objects; empty if it was never checked. */
    static Optional<IcingaCheck> object(JsonNode entry, boolean services) {
        JsonNode attributes = entry.path("attrs");
        Optional<String> name = JsonPaths.text(attributes, "name");
        Optional<String> host = services ? JsonPaths.text(attributes, "host_name") : name;
        long at = time(attributes.path("last_check_result").path("execution_end"), attributes.path("last_check"));
        if (name.isEmpty()
                || host.isEmpty()
                || at == 0
                || !attributes.path("state").isNumber()) {
            return Optional.empty();
        }
        return Optional.of(new IcingaCheck(
                host.get(),
                services ? name.get() : "",
                attributes.path("state").asInt(),
                attributes.path("state_type").asInt(1) != 0,
                attributes.path("last_reachable").asBoolean(true),
                attributes.path("downtime_depth").asInt() > 0,
                at,
                attributes.path("last_hard_state").isNumber()
                        ? Optional.of(attributes.path("last_hard_state").asInt())
                        : Optional.empty()));
    }

    boolean isHost() {
        return service.isEmpty();
    }

    /** Icinga's own name of the object. */
    String name() {
        return isHost() ? host : host + "!" + service;
    }

    /** The name of the check, for people. */
    String detail() {
        return isHost() ? host : service;
    }

    Map<String, List<String>> attributes() {
        Map<String, List<String>> attributes = new HashMap<>();
        attributes.put("host", List.of(host));
        attributes.put("service", isHost() ? List.of() : List.of(service));
        return attributes;
    }

    /** The status for a hard state of this kind of object. */
    SystemStatus status(int hardState) {
        if (hardState == 0) {
            return SystemStatus.UP;
        }
        return !isHost() && hardState == 1 ? SystemStatus.DEGRADED : SystemStatus.DOWN;
    }

    /** Seconds with a fraction. */
    private static long time(JsonNode... candidates) {
        for (JsonNode candidate : candidates) {
            double millis = candidate.asDouble() * 1000;
            if (candidate.isNumber() && millis >= EventTimes.EARLIEST && millis <= EventTimes.LATEST) {
                return Math.round(millis);
            }
        }
        return 0;
    }
}
