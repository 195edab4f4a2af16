package org.sluice.gateway.chat;

/** Why the model stopped. PAUSED: it wants to go on in another turn. */
public enum FinishReason { STOP, LENGTH, TOOL_CALLS, CONTENT_FILTER, REFUSAL, PAUSED }
