/**
 * Which deployments can be asked now.
 *
 * <p>Each attempt asks for admission and tells its outcome; from the outcomes come circuit breakers, cooldowns, dead
 * credentials, the calls under way and the moving average of latency. Everything is in memory and costs a few atomic
 * operations a call.
 */
package org.sluice.gateway.health;
