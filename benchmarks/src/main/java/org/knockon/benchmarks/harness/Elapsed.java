package org.knockon.benchmarks.harness;

/** Time since a moment of {@link System#nanoTime()}. */
public final class Elapsed {

    private final long began = System.nanoTime();

    /** The moment it began, by {@link System#nanoTime()}. */
    public long began() {
        return began;
    }

    public double seconds() {
        return (System.nanoTime() - began) / 1e9;
    }

    public double millis() {
        return (System.nanoTime() - began) / 1e6;
    }

    /** To one decimal, for results. */
    public double roundedSeconds() {
        return Math.round(seconds() * 10) / 10.0;
    }
}
