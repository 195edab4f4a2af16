/**
 * One thread that waits for sockets and timers; mock provider and load generator are built on it.
 *
 * <p>Everything but {@code Loop.execute} and {@code Loop.close} is for the loop's own thread. Timers have a resolution of
 * one millisecond and never ring early.
 */
package org.sluice.gateway.bench.loop;
