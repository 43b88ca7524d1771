package org.knockon.feeds.fhir;

/** A deletion of an appointment that is not remembered. */
final class UnknownAppointmentException extends RuntimeException {

    private final String path;

    UnknownAppointmentException(String path) {
        super("unknown appointment at " + path, null, false, false);
        this.path = path;
    }

    String path() {
        return path;
    }
}
