/**
 * One client request on its way through the gateway.
 *
 * <p>A {@link org.sluice.gateway.call.Call} is what came in, a {@link org.sluice.gateway.call.Reply} what goes out; both
 * are written in the client's dialect at their outer edge. Nothing here blocks except {@link
 * org.sluice.gateway.call.FrameStream#next()}.
 */
package org.sluice.gateway.call;
