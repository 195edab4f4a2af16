/**
 * A wire format, spoken with clients, with providers, or both.
 *
 * <p>{@code read*} turns bytes into types, {@code write*} types into bytes. A dialect is pure: no I/O, no clock but the
 * one it is given, no knowledge of providers. Readers and writers of one stream are stateful and belong to one call;
 * everything else is shared by all threads. Bytes travel as {@link org.sluice.gateway.dialect.Slice}s of the arrays they
 * arrived in, so that a body is never copied on its way through.
 */
package org.sluice.gateway.dialect;
