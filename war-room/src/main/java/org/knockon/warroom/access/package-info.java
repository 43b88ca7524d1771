/** Authentication and authorization. */
package org.knockon.warroom.access;
