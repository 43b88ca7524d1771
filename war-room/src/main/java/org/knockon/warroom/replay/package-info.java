/** What a replay lets the war room do with it. */
package org.knockon.warroom.replay;
