/**
 * Orders the targets that can answer a call: which is asked first, which next.
 *
 * <p>Every order begins with a draw by weight; a {@link org.sluice.gateway.organization.BalanceStrategy} then arranges it, and
 * what it finds alike stays as drawn, so that no strategy sends everybody to the same target. Strategies look at loads, prices
 * and limits, never at health: whoever walks the order asks {@link org.sluice.gateway.health.DeploymentHealth} for admission and
 * goes on when it is refused. Nothing is kept here; a choice among n costs n to n² steps for the few candidates that there are.
 */
package org.sluice.gateway.balance;
