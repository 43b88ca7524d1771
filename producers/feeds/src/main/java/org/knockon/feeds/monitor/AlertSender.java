package org.knockon.feeds.monitor;

/** Who sends alerts in Alertmanager's form. */
public enum AlertSender {
    ALERTMANAGER,
    /** Writes another version into its messages, and sends alerts about its own queries too. */
    GRAFANA
}
