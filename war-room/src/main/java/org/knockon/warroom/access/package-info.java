/** Authentication, authorization, rate limits and TLS. */
package org.knockon.warroom.access;
