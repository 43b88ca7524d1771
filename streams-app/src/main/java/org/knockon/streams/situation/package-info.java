/** The catalogue, open outages and clock that a task has received by broadcast, in one store with one owner. */
package org.knockon.streams.situation;
