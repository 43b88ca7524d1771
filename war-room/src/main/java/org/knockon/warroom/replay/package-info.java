/** The part of a replay that the war room can see and control. */
package org.knockon.warroom.replay;
