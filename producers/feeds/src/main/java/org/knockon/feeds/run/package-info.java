/** The running feeds: joins settings, state, publishing and receivers, and opens the ports when all is known again. */
package org.knockon.feeds.run;
