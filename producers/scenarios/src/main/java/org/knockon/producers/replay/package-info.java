/** Publishes the events of a scenario on separate topics, each exactly once even if the process is killed. */
package org.knockon.producers.replay;
