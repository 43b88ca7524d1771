package org.knockon.feeds.state;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/** Which feed's appointments an id is one of. */
public final class Namespaces {

    private final Set<String> all;

    /** @param all of the feeds of this instance; one may be empty */
    public Namespaces(Collection<String> all) {
        this.all = new TreeSet<>(all);
    }

    /** Decides whether an appointment belongs to a feed. */
    public interface Owner {
        boolean owns(String appointmentId);
    }

    /** The owner of a namespace; of an empty one: of all ids that begin with no other namespace. */
    public Owner owner(String namespace) {
        if (!namespace.isEmpty()) {
            return id -> id.startsWith(namespace + "/");
        }
        return id -> all.stream().noneMatch(other -> !other.isEmpty() && id.startsWith(other + "/"));
    }

    /** Whether an appointment belongs to any of the feeds. */
    public boolean owned(String appointmentId) {
        return all.stream().anyMatch(namespace -> owner(namespace).owns(appointmentId));
    }
}
