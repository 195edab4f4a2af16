/**
 * The other end of our sockets: the one place that opens connections to a provider.
 *
 * <p>{@link org.sluice.gateway.upstream.HttpUpstream} speaks HTTP/1.1 with blocking, straight-line code on the caller's
 * thread, virtual or platform. It keeps connections alive per scheme, host, port and trust, and refuses every answer whose
 * framing could be read in two ways (RFC 9112 sections 6 and 11): different Content-Length fields, Content-Length with
 * Transfer-Encoding, a bad chunk size, folded header lines. A header line may end in a bare LF (RFC 9112 section 2.2
 * allows it); a chunk line may not. Redirects are never followed. Answers with {@code Content-Encoding: gzip} are
 * decoded, up to 100 times their size.
 *
 * <p>No read carries a socket timeout. One watchdog thread looks at all connections every 50 ms and closes what is
 * overdue. A call is cancelled by {@code UpstreamResponse.close()} from any thread, or by interrupting the thread that
 * is inside {@code send} or a read; the reads then throw CLIENT_CANCELLED.
 *
 * <p>A request carries a body that is all there, or an {@link org.sluice.gateway.provider.Upload} that is sent while it
 * arrives: with its length, or in chunks where that is not known. An upload always goes out on a new connection, and once.
 *
 * <p>A request is sent again by this package at most once: on a new connection, when a kept connection broke before
 * one byte of the answer and within 250 ms. Every other repetition is the attempt runner's decision, which it bases on
 * {@link org.sluice.gateway.upstream.Phase#of}.
 *
 * <p>A request whose {@link org.sluice.gateway.provider.AddressSource} is not the operator goes through {@link
 * org.sluice.gateway.upstream.EgressPolicy}: the text of its address, then every address its name stands for, once for each
 * connection, which goes to exactly those. Such connections are never shared with trusted ones and live for five minutes at
 * most; of the answers only what {@link org.sluice.gateway.upstream.UntrustedResponse} understands comes back. A refusal is
 * API_BASE_NOT_ALLOWED in one text, told at the next multiple of 250 ms. Proxy settings of the JVM are not used.
 *
 * <p>{@link org.sluice.gateway.upstream.SseReader} cuts a body into the frames of an event stream (HTML standard,
 * section 9.2 "Server-sent events").
 *
 * <p>Limits: see {@link org.sluice.gateway.upstream.UpstreamSettings}. Messages name no host, address or certificate.
 */
package org.sluice.gateway.upstream;
