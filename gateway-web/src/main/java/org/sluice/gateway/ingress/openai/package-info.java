/** The OpenAI-compatible door: chat completions and the model list. Errors are in OpenAI's shape. */
package org.sluice.gateway.ingress.openai;
