/**
 * Access tokens that stand for a credential: fetched once, renewed before they expire, one exchange at a time for each.
 *
 * <p>A provider says whom to ask for a token and with what ({@link org.sluice.gateway.token.TokenExchange} asks); when, is the
 * same for all ({@link org.sluice.gateway.token.TokenCache}). Kept in memory only, by a hash of the credential, for a bounded
 * number of credentials. Thread-safe. Nothing here is printed.
 */
package org.sluice.gateway.token;
