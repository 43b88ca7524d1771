/**
 * The incident report: the contents of a board in words and tables, as HTML, JSON and CSV. Pure: no Kafka, no HTTP, no
 * clock.
 */
package org.knockon.warroom.report;
