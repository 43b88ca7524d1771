/** What a replay plays: the events of a scenario, or those of a recording. */
package org.knockon.producers.source;
