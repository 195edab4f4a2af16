/**
 * The OpenAI-compatible doors: chat completions, the model list, and the endpoints besides chat. Errors are in OpenAI's shape,
 * but for a provider's refusal of what was passed through to it, which comes back as it is.
 */
package org.sluice.gateway.ingress.openai;
