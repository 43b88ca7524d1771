/** The wall display: how late a number reaches the browser, and what a crowd of readers costs. */
package org.knockon.benchmarks.wall;
