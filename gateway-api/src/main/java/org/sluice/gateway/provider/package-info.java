/**
 * Who serves models: the interface a provider implements, and what it needs to be called.
 *
 * <p>A provider knows its id, its base URL, its dialect and how a credential is shown. It opens no connection itself:
 * it turns a body into an {@link org.sluice.gateway.provider.UpstreamRequest}. A provider that needs no network
 * implements {@link org.sluice.gateway.provider.Upstream} as well. Beans of this type are found by CDI; a jar dropped
 * into the EAR's {@code lib/} with a {@code beans.xml} may bring more.
 */
package org.sluice.gateway.provider;
