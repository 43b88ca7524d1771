/** Records as JSON text, for people and command-line tools. */
package org.knockon.schemas.json;
