package org.sluice.gateway.chat;

/** Who speaks. DEVELOPER is OpenAI's later name of SYSTEM and is kept apart so that it can be written back. */
public enum Role { SYSTEM, DEVELOPER, USER, ASSISTANT, TOOL }
