/** Who may hold a connection, and for how long. */
package org.knockon.warroom.door;
