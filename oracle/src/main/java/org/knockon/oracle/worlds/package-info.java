/** Random, seeded, repeatable worlds to try a program in, and the means to make a failing one small enough to read. */
package org.knockon.oracle.worlds;
