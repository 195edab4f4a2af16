/**
 * The way of a completion, top to bottom: resolve the prompt, check, plan, attempt, record.
 *
 * <p>Start reading at {@link org.sluice.gateway.pipeline.CompletionPipeline}; what is no completion goes through {@link
 * org.sluice.gateway.pipeline.EndpointPipeline}. Every authenticated call is recorded
 * exactly once: a whole answer before it is returned, a stream before the frame that tells the client "done" is handed
 * out, a failure before it is thrown, a cancelled call when its end is noticed. Bytes that
 * are relayed are recorded before the last of them is handed out where their number is known, else before their end is told.
 * Nothing here waits for the database.
 */
package org.sluice.gateway.pipeline;
