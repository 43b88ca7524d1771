/** Whether broker, registry and topics can be reached, found out before anything is done with them. */
package org.knockon.cli.connect;
