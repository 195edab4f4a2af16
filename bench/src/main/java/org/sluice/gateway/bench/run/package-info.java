/**
 * The command {@code bench/run}: starts mock provider, load and gateway as processes of their own, measures the same calls
 * directly against the mock and through the gateway in one run, and prints a Markdown table; {@code bench/target/bench.json}
 * holds the same values.
 *
 * <p>{@link org.sluice.gateway.bench.run.Bench} is where to start reading: it runs one section after the other, each a
 * class here. CPU is that of the gateway's whole process (user and system, compilers and collector included), divided by
 * the calls of the window. After every section the rows of the request log must be as many as the calls acknowledged.
 * Units: microseconds of CPU, milliseconds of time.
 */
package org.sluice.gateway.bench.run;
