/** Receives HL7 v2 messages over TCP in frames of the Minimal Lower Layer Protocol (MLLP). */
package org.knockon.feeds.mllp;
