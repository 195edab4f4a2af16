/**
 * What a provider can be asked besides a chat, in words of no provider.
 *
 * <p>A provider offers an {@link org.sluice.gateway.endpoint.Endpoint} per operation. One that speaks the wire format of
 * our clients says only where it is ({@link org.sluice.gateway.endpoint.Endpoint.Same}): the bytes pass. One that does
 * not is an {@link org.sluice.gateway.endpoint.Endpoint.Embeddings} or an
 * {@link org.sluice.gateway.endpoint.Endpoint.Rerank}: one small class in the provider's folder that writes a request and
 * reads an answer. What the clients' own wire format needs on top (base64, splitting into calls, usage) is done once for all.
 *
 * <ul>
 * <li>E1: vectors keep the provider's spelling of each number; only base64 makes 32-bit floats of them.
 * <li>E2: a parameter that a provider has no word for is told to {@link org.sluice.gateway.dialect.Losses}.
 * <li>E3: vectors stand in the order of the inputs, results of a rerank in the order of their relevance.
 * </ul>
 */
package org.sluice.gateway.endpoint;
