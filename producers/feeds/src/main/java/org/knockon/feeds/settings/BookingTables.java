package org.knockon.feeds.settings;

import java.time.Duration;
import java.util.Optional;
import org.knockon.feeds.tables.IdTable;
import org.knockon.feeds.tables.WordTable;
import org.knockon.impact.model.ChangeReason;
import org.knockon.impact.model.Priority;

/**
 * What the words of a booking system mean.
 *
 * @param services which care service an appointment is for
 * @param defaultService for appointments that name no service at all
 * @param defaultLength length of an appointment whose end is not given
 * @param load how an extract for the first load looks; empty if there is none
 */
public record BookingTables(
        IdTable services,
        Optional<String> defaultService,
        WordTable<ChangeReason> reasons,
        WordTable<Priority> priorities,
        Duration defaultLength,
        Optional<ExtractSettings> load) {}
