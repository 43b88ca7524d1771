/** {@code knockon sandbox}: a broker and a registry on this machine. */
package org.knockon.cli.sandbox;
