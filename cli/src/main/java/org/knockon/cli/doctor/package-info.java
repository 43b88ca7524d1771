/** {@code knockon doctor}: checks what is available. */
package org.knockon.cli.doctor;
