package org.knockon.benchmarks.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.knockon.samples.Sample;

/**
 * One input.
 *
 * @param index from which, with the seed, the input is made
 * @param message to send; of HL7 v2 with its frame
 * @param framed whether it is one whole frame of HL7 v2, which gets one answer. Otherwise a whole message follows, whose
 *     answer shows that the feed has got over it
 * @param id that its records carry; empty if that is not certain
 */
record FuzzInput(long index, Sample message, boolean framed, String id) {

    FuzzInput with(byte[] body) {
        return new FuzzInput(index, message.with(message.headers(), body), framed, id);
    }

    /** For people who look for the mistake: the bytes as text. */
    String described() {
        String request = message.hl7() ? "" : message.method() + " " + message.path() + " " + message.headers() + "\n";
        return "input " + index + ", of " + message.name() + ", to feed " + message.feed() + ":\n" + request
                + new String(message.body(), ISO_8859_1).replace('\r', '\n');
    }
}
