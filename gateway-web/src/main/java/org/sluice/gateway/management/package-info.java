/**
 * The management API: what a customer's programs ask about their own calls.
 *
 * <p>Every resource takes the {@link org.sluice.gateway.call.Caller} that the authentication filter left in the request
 * attribute {@code gateway.caller}, and asks for that organization's things only; what belongs to others is not found.
 * Paths, parameters and bodies follow the wire contract's log queries (3.5, 3.6) and prompts (7.5). Answers are written as JSON bytes, so
 * that stored JSON keeps its spelling.
 */
package org.sluice.gateway.management;
