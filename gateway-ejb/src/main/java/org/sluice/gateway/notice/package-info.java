/**
 * What somebody wants to be told: a limit was reached, credit runs low, a provider is down.
 *
 * <p>Whoever notices says it to {@link org.sluice.gateway.notice.Notices} and goes on; nothing waits for the telling.
 * Threading: safe for all threads.
 */
package org.sluice.gateway.notice;
