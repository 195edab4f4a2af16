package org.sluice.gateway.health;

/**
 * What an operator has set for a deployment.
 *
 * @param isDrained no new calls
 * @param weight replaces the configured one; 0 = not set
 */
public record OperatorSetting(boolean isDrained, double weight) {
    static final OperatorSetting NONE = new OperatorSetting(false, 0);
}
