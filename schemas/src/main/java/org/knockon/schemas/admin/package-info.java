/** Creates topics, registers their schemas, and reports what differs from the table. */
package org.knockon.schemas.admin;
