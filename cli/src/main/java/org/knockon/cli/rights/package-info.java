/** The rights on the broker that each role needs: the table in docker/acls.txt. */
package org.knockon.cli.rights;
