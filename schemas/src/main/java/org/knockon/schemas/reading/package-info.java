/** Reads topics from outside a consumer group, and sees only records whose transaction has committed. */
package org.knockon.schemas.reading;
