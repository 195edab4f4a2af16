/**
 * Which models there are, what they can do and what they cost.
 *
 * <p>The catalogue comes from {@code resources/models/<provider>.json}, one file per provider, listed in
 * {@code index.json}; a provider brought by another jar brings its own file under the same name. The operator's file
 * ({@code gateway.model.file}) is laid over them. Prices are USD per million tokens, taken from the providers' price
 * pages at the file's {@code updated} date. {@code docs/models-and-prices.md} documents the format.
 *
 * <p>Names are compared without regard to case. An exact name beats a rule, a rule beats the name without its date. A model
 * that is not listed is taken for the newest of its family, names that differ in their version only, and flagged ({@link
 * org.sluice.gateway.model.Model#isPriceEstimated}); without a family it can still be called, its cost is unknown.
 *
 * <p>Layers are laid over the built-in models: the operator's file, what was fetched from the
 * operator's URL. Each may be replaced while the gateway runs ({@link org.sluice.gateway.model.CatalogRefresh}); a wrong one is
 * refused as a whole. Files are in our own format or LiteLLM's price map.
 *
 * <p>Models that an organization made for itself are not in the catalogue, for they are nobody else's: {@link
 * org.sluice.gateway.model.OwnModels}, which is asked first.
 *
 * <p>Threading: readers see one immutable state of the catalogue, but for a bounded cache of names; safe for all threads.
 * Limits: 4,096 remembered names a provider; regular expressions of 200 characters without nested repetition.
 */
package org.sluice.gateway.model;
