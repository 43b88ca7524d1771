package org.knockon.producers.yaml;

/**
 * One mistake in a file.
 *
 * @param line counted from 1
 * @param column counted from 1
 * @param suggestion how to fix it; empty if unknown
 */
public record Problem(String file, int line, int column, String message, String suggestion) {

    /** {@code file:line:column: message; suggestion}, a form that editors turn into a link. */
    @Override
    public String toString() {
        String place = file + ":" + line + ":" + column + ": " + message;
        return suggestion.isEmpty() ? place : place + "; " + suggestion;
    }
}
