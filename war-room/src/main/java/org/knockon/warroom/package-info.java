/** The wall display of an incident: reads the public topics and serves a page and its numbers. */
package org.knockon.warroom;
