package org.knockon.benchmarks.fuzz;

import java.util.Optional;

/**
 * How an input was answered.
 *
 * @param problem what is wrong with that; empty if nothing is
 * @param positive answers that say that everything is on its topics
 * @param unavailable whether the feed asked to send it again later
 * @param published whether an answer says that there are records of this input
 * @param created the address of a new appointment; empty if there is none
 */
record Reply(Optional<String> problem, int positive, boolean unavailable, boolean published, String created) {

    static Reply wrong(String problem) {
        return new Reply(Optional.of(problem), 0, false, false, "");
    }
}
