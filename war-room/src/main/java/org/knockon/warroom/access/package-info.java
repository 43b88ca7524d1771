/** Who may ask, and for what. */
package org.knockon.warroom.access;
