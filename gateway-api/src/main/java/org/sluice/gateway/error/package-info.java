/**
 * What can go wrong, once, for every dialect.
 *
 * <p>There is one exception, {@link org.sluice.gateway.error.GatewayException}, and one list of kinds,
 * {@link org.sluice.gateway.error.ErrorType}. A kind owns its HTTP status and its code; each dialect writes it in
 * its own shape. A message says what was wrong and what to do about it, and never holds a key, a header, a URL with
 * a query, an internal host name, a class name or a stack. What was not foreseen is logged as a
 * {@link org.sluice.gateway.error.FailureTrace}, without its words.
 */
package org.sluice.gateway.error;
