/**
 * Access tokens that stand for a credential: fetched once, renewed before they expire, one exchange at a time for each.
 *
 * <p>A provider says how a token is fetched ({@link org.sluice.gateway.token.TokenCache.Exchange}); when, is the same for
 * all. Kept in memory only, by the credential's own text, for a bounded number of credentials. Thread-safe. Knows
 * {@code error} only. Nothing here is printed.
 */
package org.sluice.gateway.token;
