/** The incident report: what a board says, put into words and tables; as HTML, JSON and CSV. Pure: no Kafka, no HTTP, no clock. */
package org.knockon.warroom.report;
