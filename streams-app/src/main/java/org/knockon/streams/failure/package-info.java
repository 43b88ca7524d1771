/** What can be wrong with a record, and what happens then: docs/failures.md in code. */
package org.knockon.streams.failure;
