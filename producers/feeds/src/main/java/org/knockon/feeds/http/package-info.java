/** The HTTP server of all feeds: logins, limits of bodies and connections, health, counts. */
package org.knockon.feeds.http;
