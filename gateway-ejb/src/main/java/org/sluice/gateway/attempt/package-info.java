/**
 * Asks providers until one answers.
 *
 * <p>An attempt is one upstream request, numbered from 1 across retries and fallbacks. Retry = the same target again,
 * fallback = the next target; both end with the first byte relayed to the client. A stream is held until its first
 * event, so that a failure before it keeps its real status.
 *
 * <ul>
 * <li>A1: when client and provider speak the same dialect and nothing rewrote the call, then the client's own bytes are
 *     forwarded, and the provider's own bytes relayed.
 * <li>A2: when they do not, then request and answer pass through the canonical chat.
 * <li>A3: when the provider answers with an error, then its status is kept; credentials it echoes are blotted out.
 * <li>A4: when a stream breaks off, then the client gets an error event and never an end that looks good.
 * <li>A5: what a provider answers with a redirect or outside its dialect is UPSTREAM_INVALID.
 * </ul>
 */
package org.sluice.gateway.attempt;
