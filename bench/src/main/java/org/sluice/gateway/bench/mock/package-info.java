/**
 * A provider that answers at once and costs little: OpenAI's {@code POST /v1/chat/completions} and Anthropic's
 * {@code POST /v1/messages}, whole and streamed, over HTTP/1.1 on the loopback address.
 *
 * <p>How to answer stands in the request's own text, {@code mock(n=100,d=10,t=0)}: content chunks, milliseconds between
 * them, milliseconds until the answer begins. Text passes through every gateway and every translation, headers do not.
 * Each content chunk carries the time it was written, {@code @} + 19 digits of {@code System.nanoTime} + {@code @}, so that
 * a client on the same machine knows how long every single chunk was on its way. Whole answers end in
 * {@code END-OF-ANSWER}. Few threads hold thousands of slow streams; each connection belongs to one of them.
 */
package org.sluice.gateway.bench.mock;
