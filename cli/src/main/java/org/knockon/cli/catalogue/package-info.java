/** {@code knockon catalogue}: the systems and care services from a file to the topics. */
package org.knockon.cli.catalogue;
