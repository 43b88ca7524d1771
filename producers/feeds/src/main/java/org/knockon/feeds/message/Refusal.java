package org.knockon.feeds.message;

/**
 * Why and where a message was refused.
 *
 * @param where field or element, such as {@code SCH-11} or {@code Appointment.start}; empty for the whole message. Never
 *     a value of the message
 */
public record Refusal(RefusalReason reason, String where) {}
