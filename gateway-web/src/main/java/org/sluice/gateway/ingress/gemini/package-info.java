/**
 * The doors for Google's clients (contract 1.9): generateContent, streamGenerateContent, countTokens and the models.
 *
 * <p>Everything stands below {@code /api/google/gemini} and {@code /api/google/vertexai}, with or without a version. The path
 * names the model, which may hold slashes, and the method after the last colon; Vertex's project and location are ignored, a
 * publisher other than google is the model's prefix. A stream is server-sent events with {@code alt=sse}, else one JSON array.
 * The gateway's own parameters come in the header only. All errors are in Google's shape.
 */
package org.sluice.gateway.ingress.gemini;
