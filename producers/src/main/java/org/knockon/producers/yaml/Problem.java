package org.knockon.producers.yaml;

/**
 * One thing wrong in a YAML file.
 *
 * @param line counted from 1
 * @param column counted from 1
 * @param suggestion what to do about it; empty when nothing sensible can be said
 */
public record Problem(String file, int line, int column, String message, String suggestion) {

    /** {@code file:line:column: message; suggestion}, the form editors make clickable. */
    @Override
    public String toString() {
        String place = file + ":" + line + ":" + column + ": " + message;
        return suggestion.isEmpty() ? place : place + "; " + suggestion;
    }
}
