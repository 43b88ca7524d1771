/** The page, the numbers and the stream over HTTP. */
package org.knockon.warroom.serve;
