/**
 * Whether the gateway lives, has started and takes calls: MicroProfile Health for orchestrators, {@code
 * /api/health-check/} for clients (contract 1.2). A database that is down does not make the gateway unready: calls are
 * served and logged to the journal; the check only tells it.
 */
package org.sluice.gateway.probe;
