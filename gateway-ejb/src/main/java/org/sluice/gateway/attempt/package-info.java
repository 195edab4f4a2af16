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
 * <li>A6: the same target is asked again when nothing was sent (P0), and after an answer 408, 409, 425, 429 or 5xx (P3);
 *     after a silence (P1, P2) only when the operator wants it; never after anything else. As often as the policy says,
 *     after its wait or the provider's, if that is not longer than a minute or the call's time.
 * <li>A7: the next target is asked after any failure of a provider, after a rate limit before anybody waits. What the gateway
 *     itself refuses ends the call.
 * <li>A8: who would fail alike is left out: other keys for a request that was refused, any other key for a refused one that came
 *     with the call, models that are known to read no more than the one a prompt was too long for.
 * <li>A9: each attempt asks the deployment's health for admission and tells its outcome once, a stream's with its end. When
 *     everybody is refused one may be probed, else the call is NO_TARGET.
 * <li>A10: a call makes 20 attempts at most, all within its total time; each but the last has half of what is left until its
 *     answer, or a stream's first event.
 * <li>A11: when one model was asked, then its failure is the call's, as it is; of several the last one's status when all failed
 *     alike, else 502, and a message that names each.
 * <li>A12: with {@code hedgeAfter} a second attempt runs beside the first; the first answer wins, the other is cut off and
 *     noted as of uncertain cost.
 * </ul>
 *
 * <p>Threading: a call's attempts belong to its thread; only a hedge's second one has a thread, and a copy of the call, of its own.
 */
package org.sluice.gateway.attempt;
