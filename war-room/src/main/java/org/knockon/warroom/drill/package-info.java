/**
 * The details behind a number on the wall: pages and JSON of one outage and of one cell. Pure: no Kafka, no HTTP, no
 * clock.
 */
package org.knockon.warroom.drill;
