/** Messages of senders: read from the fixtures of the feeds, changed at random, and marked with what must not leak. */
package org.knockon.samples;
