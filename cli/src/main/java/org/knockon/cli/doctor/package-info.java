/** {@code knockon doctor}: what is there and what is not. */
package org.knockon.cli.doctor;
