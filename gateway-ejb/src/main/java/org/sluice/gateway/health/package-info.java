/**
 * Which deployments can be asked now.
 *
 * <p>Each attempt asks for admission and tells its outcome, once. From the outcomes come, for each deployment with each
 * credential ({@link org.sluice.gateway.health.DeploymentKey}):
 *
 * <ul>
 * <li>H1: a circuit breaker in the words of MicroProfile Fault Tolerance. Counted are answers 408, 425 and 5xx, connections
 *     that fail or break off, answers that make no sense, and timeouts that are not the caller's own impatience.
 * <li>H2: a cooldown after 429, for as long as the provider says.
 * <li>H3: a mark on a credential that is refused several times in a row (401, 402, 403 for the deployment alone).
 *     Credentials that a request brings are never marked, and what happens with them touches nobody else.
 * <li>H4: calls under way, the moving average of latency, requests and tokens of the last minute, for {@code balance}.
 * </ul>
 *
 * and for each provider H5: a bulkhead, so that one that is silent does not take the room of the others.
 *
 * <p>Everything is in memory and bounded, and costs a few atomic operations a call. Marks of stored credentials and what
 * operators have set are also kept in a small file, written by a thread of its own; circuits begin closed after a restart.
 * Each node knows what its own calls have met.
 */
package org.sluice.gateway.health;
