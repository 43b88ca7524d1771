package org.knockon.feeds.receive;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.knockon.feeds.publish.Delivery;
import org.knockon.feeds.publish.Publication;

/** Publishes all of these or none; see {@link org.knockon.feeds.publish.FeedPublisher#publish(List)}. */
@FunctionalInterface
public interface Outbox {

    CompletableFuture<Delivery> publish(List<Publication> publications);
}
