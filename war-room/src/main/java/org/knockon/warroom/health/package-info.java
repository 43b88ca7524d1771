/** Health of a war room: its own threads, and whether the broker responds. */
package org.knockon.warroom.health;
