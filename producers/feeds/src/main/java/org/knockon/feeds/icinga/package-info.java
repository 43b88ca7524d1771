/** Connects to the API of Icinga 2 and reads its check results. */
package org.knockon.feeds.icinga;
