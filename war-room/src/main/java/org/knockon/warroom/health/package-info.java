/** Whether a war room lives: its own threads, and whether the broker answers. */
package org.knockon.warroom.health;
