package org.knockon.feeds.receive;

import org.knockon.feeds.message.FeedRequest;
import org.knockon.feeds.monitor.MonitorContext;
import org.knockon.feeds.monitor.MonitorResult;
import org.knockon.feeds.monitor.MonitorState;

/** The map of one kind of monitor. */
@FunctionalInterface
public interface MonitorMap {

    MonitorResult map(FeedRequest request, MonitorState state, MonitorContext context);
}
