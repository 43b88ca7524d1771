/** Publishes the events of a scenario on topics of their own, each exactly once whatever ends the process in between. */
package org.knockon.producers.replay;
