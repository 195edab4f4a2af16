/**
 * What an organization has connected: keys of providers, providers of its own, models of its own.
 *
 * <p>All of it is read into one {@link org.sluice.gateway.integration.Connected} and replaced as a whole, at once after a write
 * of this node and within {@code gateway.stored.refresh} after one of another; while the database is down the last reading
 * holds. {@link org.sluice.gateway.integration.Integrations} holds and changes it. The request path reads it by the interfaces
 * of others: {@link org.sluice.gateway.credential.StoredCredentials}, {@link org.sluice.gateway.provider.ProviderSource},
 * {@link org.sluice.gateway.model.OwnModels}.
 *
 * <p>Every question carries the organization, and what belongs to another is not there. Secrets are sealed in the database
 * ({@code vault}), plain only in memory, and shown as {@link org.sluice.gateway.integration.KeyMask} has them. A row whose
 * secret does not open takes no part in calls. A provider of an organization's own never meets the operator's environment
 * ({@link org.sluice.gateway.provider.compatible.OwnProvider}), and an address and the key that is sent to it are stored by the
 * same person at the same time: changing the address takes the key away unless it is given again.
 *
 * <p>Threading: readers see one immutable state; safe for all threads.
 */
package org.sluice.gateway.integration;
