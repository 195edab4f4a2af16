/**
 * The Anthropic Messages door: {@code /api/anthropic/v1/messages}, {@code count_tokens} beside it, and the model list, each
 * also without {@code v1}. Any model answers. Errors are in Anthropic's shape, {@code request-id} is the id of the call. The
 * gateway's parameters stand in {@code metadata.respan_params}, in the header, or beside Anthropic's own (contract 1.5, 1.8).
 */
package org.sluice.gateway.ingress.anthropic;
