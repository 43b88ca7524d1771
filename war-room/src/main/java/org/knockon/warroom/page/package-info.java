/**
 * What all pages and reports share: words, numbers, tables, HTML frame, CSV and JSON. Pure: no Kafka, no HTTP, no
 * clock.
 */
package org.knockon.warroom.page;
