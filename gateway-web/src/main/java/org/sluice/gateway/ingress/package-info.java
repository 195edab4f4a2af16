/**
 * The doors: where a client's request enters and the answer leaves.
 *
 * <p>Two doors lead into the same {@link org.sluice.gateway.ingress.Ingress}: the JAX-RS resource of each endpoint, and,
 * on the completion paths, an asynchronous servlet (the fast lane) that spares the JAX-RS machinery. Both hand over an
 * {@link org.sluice.gateway.ingress.Exchange} and give their container thread back at once; the call itself runs on
 * {@link org.sluice.gateway.ingress.CallThreads}. Every answer carries {@code X-Respan-Log-Id} and
 * {@code X-Respan-Gateway-Request-Id}; every failure is written in the dialect of the path, with its real status until
 * the first byte of a stream, as an error event after it.
 *
 * <p>Endpoints besides chat enter by {@link org.sluice.gateway.ingress.EndpointIngress}, which reads their requests in their
 * own ways: JSON, forms whose files pass while they arrive, and whatever belongs to one provider alone.
 */
package org.sluice.gateway.ingress;
