/** What an appointment costs on disk. */
package org.knockon.benchmarks.footprint;
