/**
 * Providers that speak OpenAI's chat completions: one small file each.
 *
 * <p>{@link org.sluice.gateway.provider.compatible.OpenAiCompatible} knows how all of them are called: POST to {@code
 * <base>/chat/completions} with the key as bearer. A provider adds its id, base URL, aliases and the names of models it
 * alone publishes, and takes out what it refuses. Beans without state of a call; thread-safe.
 */
package org.sluice.gateway.provider.compatible;
