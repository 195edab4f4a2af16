package org.sluice.gateway.balance;

import org.sluice.gateway.health.DeploymentKey;
import org.sluice.gateway.usage.Price;

/**
 * One of several targets that can answer.
 *
 * @param weight its share, above 0
 * @param price what the catalogue says, or null
 * @param requestsPerMinute what it allows, or 0 when unknown
 * @param tokensPerMinute what it allows, or 0 when unknown
 */
public record Candidate(DeploymentKey key, double weight, Price price, long requestsPerMinute, long tokensPerMinute) {}
