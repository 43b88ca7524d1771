/** Creates and checks topics and schemas. */
package org.knockon.schemas.admin;
