/**
 * Which models there are, what they can do and what they cost.
 *
 * <p>The catalogue comes from {@code resources/models/<provider>.json}, one file per provider, listed in
 * {@code index.json}; a provider brought by another jar brings its own file under the same name. The operator's file
 * ({@code gateway.model.file}) is laid over them. Prices are USD per million tokens, taken from the providers' price
 * pages at the file's {@code updated} date. {@code docs/models-and-prices.md} documents the format.
 *
 * <p>Names are compared without regard to case. An exact name beats a rule, a rule beats the name without its date.
 * A model the catalogue does not know can still be called; its cost is unknown.
 *
 * <p>Threading: immutable after start but for a bounded cache of names; safe for all threads. Limits: 4,096 remembered
 * names a provider; regular expressions of 200 characters without nested repetition.
 */
package org.sluice.gateway.model;
