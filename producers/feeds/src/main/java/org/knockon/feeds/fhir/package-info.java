/** FHIR R4 appointments, mapped to the topic {@code appointments}. Pure. */
package org.knockon.feeds.fhir;
