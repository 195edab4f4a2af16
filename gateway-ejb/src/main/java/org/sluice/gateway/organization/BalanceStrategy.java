package org.sluice.gateway.organization;

/** How one of several targets that can answer is chosen. */
public enum BalanceStrategy {
    /** At random, by weight. */
    WEIGHTED,
    /** The quicker of two picked at random, by a moving average of the time to the first byte. */
    LEAST_LATENCY,
    /** The one with the fewest calls under way. */
    LEAST_BUSY,
    /** The cheapest. */
    LOWEST_COST,
    /** The one with most left of its requests and tokens a minute. */
    USAGE,
    /** The same thread or customer meets the same target, so that the provider's prompt cache is warm. */
    STICKY
}
