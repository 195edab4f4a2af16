/**
 * Anthropic as a provider: address, key and version of the Messages API.
 *
 * <p>Settings of a deployment: {@code anthropic-version} (default 2023-06-01) and {@code anthropic-beta}, a comma-separated
 * list, sent only when given. A key is sent as {@code x-api-key}, a token as {@code Authorization: Bearer}. Stateless.
 *
 * @see <a href="https://platform.claude.com/docs/en/api/messages">Claude: Messages API</a>
 */
package org.sluice.gateway.provider.anthropic;
