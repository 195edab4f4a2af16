/**
 * Decides who answers a call and in which order.
 *
 * <p>A model name is {@code provider/name} or a bare name. A known provider's prefix wins; a bare name belongs to the
 * provider that first published it (catalogue, then the providers' own claims). A name nobody serves is
 * MODEL_NOT_FOUND before any provider is asked. {@code X-Respan-Route-Provider} pins the provider and keeps the name.
 * The plan holds one target today; fallbacks and balancing add targets here and nowhere else.
 */
package org.sluice.gateway.route;
