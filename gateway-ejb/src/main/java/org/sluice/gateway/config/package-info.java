/**
 * What the operator may set. {@link org.sluice.gateway.config.ConfigKey} is the one table of keys with type, default and
 * meaning; {@link org.sluice.gateway.config.GatewayConfig} is the one place that reads them.
 *
 * <p>A value comes, in this order, from MicroProfile Config (system properties, environment), from the file named by
 * {@code GATEWAY_CONFIG_FILE}, or from the table. The environment name of {@code gateway.log.batch} is
 * {@code GATEWAY_LOG_BATCH}. Everything is read once; a wrong value fails the start with the key and its rule, never with
 * the value. Names that look like ours and are not in the table are warned about.
 *
 * <p>Threading: immutable after start. Keep a value you need per call; do not ask for it again.
 */
package org.sluice.gateway.config;
