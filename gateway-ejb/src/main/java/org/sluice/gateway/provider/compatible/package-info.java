/**
 * Providers that speak OpenAI's chat completions: one small file each.
 *
 * <p>{@link org.sluice.gateway.provider.compatible.OpenAiCompatible} knows how all of them are called: POST to {@code
 * <base>/chat/completions} with the key as bearer. A provider adds its id, base URL, aliases and the names of models it
 * alone publishes, and says as data what it refuses, ignores or names otherwise ({@code RequestRules}): what is left out is
 * told to the caller, a value that asks for the default goes without a word, and a request no rule is about keeps its bytes.
 * Providers that the operator defines by a setting come from {@link org.sluice.gateway.provider.compatible.CustomProviders}.
 * Beans without state of a call; thread-safe.
 */
package org.sluice.gateway.provider.compatible;
