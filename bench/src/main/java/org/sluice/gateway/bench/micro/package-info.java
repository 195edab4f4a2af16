/** JMH for the parts that touch every byte of a call: {@code bench/jmh}. Times are microseconds for one body, one stream or one chunk. */
package org.sluice.gateway.bench.micro;
