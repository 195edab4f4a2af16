/**
 * What an operator sees and does: the life cycle, JMX, drain and flush.
 *
 * <p>{@link org.sluice.gateway.admin.GatewayLifecycle} brings the parts up in order (schema, keys, journal) on a thread of
 * its own and retries while the database is away, so a start never fails because of it; it takes them down in reverse:
 * no new calls, running ones end, the journal is synced, rows are drained as far as time allows. {@link
 * org.sluice.gateway.admin.DeploymentControl} is what JMX and REST do to deployments.
 */
package org.sluice.gateway.admin;
