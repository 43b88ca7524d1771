/** Random, seeded, repeatable worlds for tests, and a shrinker that makes a failing one small enough to read. */
package org.knockon.oracle.worlds;
