/**
 * The log: one row for every call of an authenticated caller.
 *
 * <p><b>Promise</b>: {@link org.sluice.gateway.log.RequestLogWriter#ended} returns after the operating system has the
 * record, and it is called before the byte that tells the client "done". So a call that a client saw finished has its
 * row, even when the process is killed right after; a call that was under way then gets a row with outcome {@code
 * crashed}. There is never a second row: the call's id is the row's key.
 *
 * <p><b>Way</b>: the request thread encodes a START and an END record into the {@link org.sluice.gateway.journal.Journal};
 * {@link org.sluice.gateway.log.LogDrainer}, one thread, reads them back and inserts rows by JDBC, at most 500 in one
 * transaction together with its checkpoint. The request path never meets the database. {@link
 * org.sluice.gateway.log.RequestLogQuery} reads with JPA.
 *
 * <p><b>Limits</b>: content is kept up to {@link org.sluice.gateway.log.LogSettings#contentMaxBytes()} a side; texts are
 * cut to their columns; U+0000, which the database refuses, becomes U+2400 with a warning. Credentials never get here,
 * and with {@code disable_log} neither does content.
 */
package org.sluice.gateway.log;
