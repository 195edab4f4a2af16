/**
 * Conversations that go on by {@code previous_response_id}, whoever answers next.
 *
 * <p>An answer of the Responses door is kept in memory with its request, for its tenant (organization and environment)
 * alone, unless {@code store} is false. Memory, number and age are bounded; what was used last is kept longest, and an
 * answer never goes before the ones that build on it. Nothing is written to disk: a restart forgets.
 *
 * <ul>
 * <li>C1: when the provider that is asked gave the answer itself and keeps its answers, then the request passes as it is.
 * <li>C2: when somebody else gave it, then the items of the conversation so far are put before the new ones; {@code
 *     instructions} of earlier requests are not, as at OpenAI.
 * <li>C3: when the answer is not held, then a provider that keeps answers is asked as it is, because it may know it;
 *     for any other the call fails with {@code previous_response_not_found}. An answer of another tenant is not held and
 *     is not asked for either.
 * <li>C4: {@code item_reference}s are treated the same way, item by item.
 * </ul>
 */
package org.sluice.gateway.conversation;
