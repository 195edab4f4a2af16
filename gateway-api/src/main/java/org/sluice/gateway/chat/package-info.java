/**
 * The canonical chat: what every dialect is read into and written from.
 *
 * <p>It is lossless by construction. What a dialect says and this vocabulary has no word for stays as its exact JSON
 * text in {@code extras} (a {@link org.sluice.gateway.chat.RawJson} by name) or in {@link
 * org.sluice.gateway.chat.Part.Opaque}. Numbers whose spelling matters are kept as text, so {@code 1e2} stays {@code 1e2}.
 * System and developer instructions are messages and may stand anywhere. All types are immutable.
 */
package org.sluice.gateway.chat;
