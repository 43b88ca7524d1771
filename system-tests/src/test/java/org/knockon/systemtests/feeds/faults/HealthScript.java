package org.knockon.systemtests.feeds.faults;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.function.Supplier;
import org.knockon.impact.model.SystemStatus;

/** What a monitor sees of two systems, every two minutes of a day on which one is down after the other. */
final class HealthScript implements Supplier<Message> {

    /** From 06:00 to 16:00. */
    static final int EVENTS = 602;

    private final LocalDate day;
    private int count;

    HealthScript(LocalDate day) {
        this.day = day;
    }

    @Override
    public Message get() {
        boolean first = count % 2 == 0;
        LocalTime time = LocalTime.of(6, 0).plusMinutes(count / 2 * 2L);
        boolean down = first ? between(time, "09:40", "11:40") : between(time, "10:30", "14:00");
        String system = first ? "pas" : "pacs";
        SystemStatus status = down ? SystemStatus.DOWN : SystemStatus.UP;
        Instant at = day.atTime(time).toInstant(ZoneOffset.UTC);
        String id = "h" + count;
        count++;
        String body = "{\"specversion\":\"1.0\",\"id\":\"" + id + "\",\"source\":\"/probe\","
                + "\"type\":\"org.knockon.system-health.v1\",\"time\":\"" + at + "\",\"data\":{\"systemId\":\"" + system
                + "\",\"status\":\"" + status + "\"}}";
        return new Message(id, "", body, new Message.Health(system, status, at.toEpochMilli()));
    }

    private static boolean between(LocalTime time, String from, String until) {
        return !time.isBefore(LocalTime.parse(from)) && time.isBefore(LocalTime.parse(until));
    }
}
