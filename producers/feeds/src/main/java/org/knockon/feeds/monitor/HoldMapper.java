package org.knockon.feeds.monitor;

/** Repeats last states for monitors without heartbeats. To be called once in each refresh. */
public final class HoldMapper {

    private final MonitorSettings settings;

    public HoldMapper(MonitorSettings settings) {
        this.settings = settings;
    }

    /** @return no observations if the feed has no hold; the response is for nobody */
    public MonitorResult repeat(MonitorState state, MonitorContext context) {
        MonitorRun run = new MonitorRun(settings, state, context);
        settings.hold().ifPresent(run::repeat);
        return run.result();
    }
}
