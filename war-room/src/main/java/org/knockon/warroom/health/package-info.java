/** Health of a war room: whether the broker responds. */
package org.knockon.warroom.health;
