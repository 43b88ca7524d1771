/** The health and metrics endpoints of a long-running process, in plain HTTP. They return no data but numbers. */
package org.knockon.health;
