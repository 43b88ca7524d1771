/** What HL7 v2 scheduling messages mean: bytes to appointment versions, and the answers. Pure: no clock, no socket. */
package org.knockon.feeds.hl7;
