package org.sluice.gateway.call;

import org.sluice.gateway.chat.RawJson;

/**
 * What a managed prompt became in one call.
 *
 * @param messages the rendered messages, an array in OpenAI's form
 * @param isEchoed whether the answer tells them; null when the request does not say
 */
public record ResolvedPrompt(String id, String name, int version, RawJson messages, Boolean isEchoed) {}
