/** Appointments in, impacts and partial counts out. The rules are in impact's assessment; here is when they are asked. */
package org.knockon.streams.impact;
