/** JMH for the parts that touch every byte of a call: {@code bench/jmh}. Times are microseconds for one body or one stream. */
package org.sluice.gateway.bench.micro;
