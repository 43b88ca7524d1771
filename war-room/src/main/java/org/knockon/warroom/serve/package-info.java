/** The HTTP server: page, API, stream and reports. */
package org.knockon.warroom.serve;
