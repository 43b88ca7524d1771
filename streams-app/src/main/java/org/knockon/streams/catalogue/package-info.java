/** Broadcasts the catalogue to every partition. */
package org.knockon.streams.catalogue;
