/**
 * Decides who answers a call and in which order.
 *
 * <p>A {@link org.sluice.gateway.route.ModelChoice} says which models may answer and which stand in for them; a model name is
 * {@code provider/name} or a bare name. A known provider's prefix wins; a bare name belongs to the provider that first
 * published it (catalogue, then the providers' own claims). A name nobody serves is MODEL_NOT_FOUND before any provider is
 * asked, in a list INVALID_VALUE with the place in the list. {@code X-Respan-Route-Provider} pins the provider of the model
 * that is asked first and keeps the name.
 *
 * <p>A model becomes one target for each credential that the call may use for it. Targets that share the load are ordered by
 * the balancer; those that are not asked first stand behind, before the fallbacks. Models whose context is known to be too
 * small go last. Planning reads memory only and asks nobody; a plan belongs to one call.
 */
package org.sluice.gateway.route;
