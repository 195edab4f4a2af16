/**
 * The Gemini API as a provider: address and key.
 *
 * <p>The base URL may carry a version; {@code v1beta} is added where it does not. A key is sent as {@code x-goog-api-key}, never
 * in the address; a token as {@code Authorization: Bearer}. Streams are asked for as server-sent events whatever the client
 * wants. Stateless.
 *
 * @see <a href="https://ai.google.dev/api">Gemini API</a>
 */
package org.sluice.gateway.provider.gemini;
