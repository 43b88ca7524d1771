package org.knockon.impact.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.knockon.impact.Day.at;
import static org.knockon.impact.Day.minutes;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlotHourTest {

    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final ZoneId LORD_HOWE = ZoneId.of("Australia/Lord_Howe");

    @ParameterizedTest
    @CsvSource({
        "2022-07-19T13:30, Europe/London, 2022-07-19T14+01:00",
        "2022-01-19T09:00, Europe/London, 2022-01-19T09+00:00",
        "2022-10-30T00:30, Europe/London, 2022-10-30T01+01:00",
        "2022-10-30T01:30, Europe/London, 2022-10-30T01+00:00",
        "2022-07-19T13:30, UTC, 2022-07-19T13+00:00",
        "2022-07-19T13:30, Asia/Kathmandu, 2022-07-19T19+05:45",
        "2022-07-19T13:30, America/St_Johns, 2022-07-19T11-02:30",
        "2022-07-19T13:30, Pacific/Chatham, 2022-07-20T02+12:45",
        "2022-07-19T23:59:59.999, Pacific/Kiritimati, 2022-07-20T13+14:00",
    })
    void namesTheLocalHourWithItsOffset(String utc, String zone, String expected) {
        SlotHour hour = SlotHour.of(at(utc), ZoneId.of(zone));

        assertThat(hour).hasToString(expected);
        assertThat(SlotHour.parse(expected)).contains(hour);
        assertThat(hour.day()).isEqualTo(LocalDate.parse(expected.split("T")[0]));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2022-07-19T14",
                "2022-07-19T14Z",
                "2022-07-19T14+0100",
                "2022-07-19T14+1",
                "2022-07-19T14-00:00",
                "2022-07-19T14:00+01:00",
                "2022-07-19T24+01:00",
                "2022-07-19T+1+01:00",
                "2022-02-30T14+00:00",
                "2022-07-19 14+01:00",
                "2022-07-19T14 01:00",
                "a newer form of hours"
            })
    void readsNoOtherText(String text) {
        assertThat(SlotHour.parse(text)).isEmpty();
    }

    @Test
    void isAWholeHour() {
        LocalDateTime half = LocalDateTime.parse("2022-07-19T14:30");

        assertThatThrownBy(() -> new SlotHour(half, ZoneOffset.UTC)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void clocksGoBackInLondon() {
        assertThat(hours(LONDON, "2022-10-29T23:10", 5))
                .containsExactly(
                        "2022-10-30T00+01:00 23:00-00:00",
                        "2022-10-30T01+01:00 00:00-01:00",
                        "2022-10-30T01+00:00 01:00-02:00",
                        "2022-10-30T02+00:00 02:00-03:00",
                        "2022-10-30T03+00:00 03:00-04:00");
    }

    @Test
    void clocksGoForwardInLondon() {
        assertThat(hours(LONDON, "2022-03-27T00:10", 2))
                .containsExactly("2022-03-27T00+00:00 00:00-01:00", "2022-03-27T02+01:00 01:00-02:00");
    }

    @Test
    void clocksOfLordHoweChangeByHalfAnHour() {
        assertThat(hours(LORD_HOWE, "2022-04-02T14:05", 4))
                .containsExactly(
                        "2022-04-03T01+11:00 14:00-15:00",
                        "2022-04-03T01+10:30 15:00-15:30",
                        "2022-04-03T02+10:30 15:30-16:30",
                        "2022-04-03T03+10:30 16:30-17:30");
        assertThat(hours(LORD_HOWE, "2022-10-01T14:35", 3))
                .containsExactly(
                        "2022-10-02T01+10:30 14:30-15:30",
                        "2022-10-02T02+11:00 15:30-16:00",
                        "2022-10-02T03+11:00 16:00-17:00");
    }

    @Test
    void hoursHaveNoGapsAroundEveryChangeOfEveryZone() {
        long from = at("2000-01-01T00:00");
        for (String id : ZoneId.getAvailableZoneIds()) {
            ZoneId zone = ZoneId.of(id);
            for (long change : changes(zone, from, at("2030-01-01T00:00"))) {
                SlotHour hour = SlotHour.of(change - minutes(150), zone);
                for (int i = 0; i < 5; i++) {
                    SlotHour next = hour.next(zone);
                    assertThat(next.from(zone)).as(zone + " " + next).isEqualTo(hour.until(zone));
                    assertThat(next.previous(zone)).as(zone + " " + next).isEqualTo(hour);
                    assertThat(SlotHour.parse(next.toString())).as(zone.getId()).contains(next);
                    assertThat(SlotHour.of(next.until(zone) - 1, zone)).isEqualTo(next);
                    hour = next;
                }
            }
        }
    }

    /** The assumption of CellGroup. Rule 21 lists the zones that changed at 00:01. */
    @Test
    void clocksChangeAtWholeQuartersOfAnHour() {
        Set<String> within = new TreeSet<>();
        for (String id : ZoneId.getAvailableZoneIds()) {
            ZoneId zone = ZoneId.of(id);
            for (long change : changes(zone, at("2000-01-01T00:00"), at("2100-01-01T00:00"))) {
                int offset =
                        zone.getRules().getOffset(Instant.ofEpochMilli(change)).getTotalSeconds();
                if (change % minutes(15) != 0 || offset % (15 * 60) != 0) {
                    within.add(id);
                }
            }
        }
        assertThat(within)
                .isSubsetOf(
                        "America/Goose_Bay",
                        "America/Moncton",
                        "America/St_Johns",
                        "Antarctica/Casey",
                        "Asia/Gaza",
                        "Asia/Hebron",
                        "Canada/Newfoundland");
    }

    private static List<String> hours(ZoneId zone, String first, int count) {
        List<String> hours = new ArrayList<>();
        SlotHour hour = SlotHour.of(at(first), zone);
        for (int i = 0; i < count; i++) {
            hours.add(hour + " " + utc(hour.from(zone)) + "-" + utc(hour.until(zone)));
            hour = hour.next(zone);
        }
        return hours;
    }

    private static String utc(long instant) {
        return Instant.ofEpochMilli(instant).toString().split("T")[1].substring(0, "14:30".length());
    }

    private static List<Long> changes(ZoneId zone, long from, long to) {
        List<Long> changes = new ArrayList<>();
        ZoneOffsetTransition change = zone.getRules().nextTransition(Instant.ofEpochMilli(from));
        while (change != null && change.getInstant().toEpochMilli() < to) {
            changes.add(change.getInstant().toEpochMilli());
            change = zone.getRules().nextTransition(change.getInstant());
        }
        return changes;
    }
}
