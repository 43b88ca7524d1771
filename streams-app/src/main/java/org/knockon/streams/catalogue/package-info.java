/** The catalogue's way to every partition. */
package org.knockon.streams.catalogue;
