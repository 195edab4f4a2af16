/**
 * Counts what the gateway does: calls, errors, tokens, money, calls in flight. Striped counters, no locks, nothing
 * allocated per call but the price arithmetic's own. Counters start at zero with the process; the log is the truth.
 */
package org.sluice.gateway.meter;
