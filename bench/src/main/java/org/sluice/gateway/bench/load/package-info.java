/**
 * A load generator for HTTP/1.1 over keep-alive connections: two threads, one that sends on schedule and one that reads.
 *
 * <p>Open loop: calls have fixed times, set before the run. A call that cannot be sent because every connection waits for
 * an answer is sent later and its latency still counts from its time, so a server that stalls is charged for everyone who
 * would have come meanwhile (no coordinated omission). Closed loop: each connection sends the next call when the last one
 * is answered; good for the highest rate, not for latency.
 *
 * <p>Every answer is checked: status, framing, end mark, number of stamped chunks. Times are nanoseconds of
 * {@code System.nanoTime}, which all processes of a Linux machine share.
 */
package org.sluice.gateway.bench.load;
