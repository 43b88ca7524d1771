package org.knockon.streams.impact;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.knockon.impact.cascade.Situation;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.PublishedOutage;
import org.knockon.streams.wire.Broadcast;

/**
 * Publishes the outages that this partition's detector found, each with its cascade. The cascade rests on other systems' outages and on
 * the catalogue, so any of these can change what has to be said of it.
 */
final class OutagePublisher {

    private final int partition;
    private final Situation situation;
    private final Map<String, PublishedOutage> published = new HashMap<>();
    private final BiConsumer<String, PublishedOutage> out;

    /** @param out takes outageId and value; a null value is a tombstone */
    OutagePublisher(int partition, Situation situation, List<Outage> own, BiConsumer<String, PublishedOutage> out) {
        this.partition = partition;
        this.situation = situation;
        this.out = out;
        own.forEach(outage -> published.put(outage.id(), situation.published(outage)));
    }

    /** To be called after the situation has taken the message in. */
    void follow(Broadcast broadcast) {
        if (broadcast instanceof Broadcast.OutagePut put) {
            if (put.origin() == partition) {
                publish(put.outage());
            }
            publishAgain();
        } else if (broadcast instanceof Broadcast.OutageRemoved removed) {
            if (removed.origin() == partition) {
                String id = new Outage(removed.systemId(), removed.startedAt(), Outage.OPEN, false, null, 0).id();
                if (published.remove(id) != null) {
                    out.accept(id, null);
                }
            }
            publishAgain();
        } else if (broadcast instanceof Broadcast.OfCatalogue) {
            publishAgain();
        }
    }

    private void publishAgain() {
        for (PublishedOutage known : new ArrayList<>(published.values())) {
            publish(known.outage());
        }
    }

    private void publish(Outage outage) {
        PublishedOutage current = situation.published(outage);
        if (!current.equals(published.put(outage.id(), current))) {
            out.accept(outage.id(), current);
        }
    }
}
