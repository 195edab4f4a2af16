/**
 * Who calls: the gateway's own keys.
 *
 * <p>A key is {@code PREFIX.SECRET}, 8 and 32 letters or digits. The prefix is public and finds the row, the secret has
 * 190 bits and is kept as its SHA-256 only. {@link org.sluice.gateway.apikey.PresentedKey} takes the key out of a request,
 * {@link org.sluice.gateway.apikey.ApiKeyAuthenticator} tells whose it is, from memory: no request waits for the database.
 * {@link org.sluice.gateway.apikey.ApiKeys} reads the table every {@code gateway.apikey.refresh} and keeps the last good
 * reading for {@code gateway.apikey.stale-max} while the database is down; after that, and before the first reading, nobody
 * can be known and calls are answered 503, never 401 and never let in.
 *
 * <p>A refusal takes the same steps for an unknown prefix, a wrong secret, a revoked and an expired key, and says the same
 * words. Keys and their hashes are never logged.
 *
 * <p>A refused key costs memory nowhere: none is remembered, and {@link org.sluice.gateway.apikey.RefusalLimit} counts by
 * client address in a table of fixed size.
 *
 * <p>Threading: {@code authenticate} is lock-free and safe for all threads; one daemon thread refreshes.
 */
package org.sluice.gateway.apikey;
