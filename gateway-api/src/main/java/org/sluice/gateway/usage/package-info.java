/**
 * Counted tokens and what they cost.
 *
 * <p>One notation for all providers: {@code inputTokens} includes tokens read from and written to a provider's prompt
 * cache, {@code outputTokens} includes reasoning. Prices are USD per million tokens as {@link java.math.BigDecimal};
 * money is never a floating-point number.
 */
package org.sluice.gateway.usage;
