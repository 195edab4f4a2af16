/**
 * Models at Google Vertex AI: Gemini, Claude, Mistral, and the open models of its OpenAI-compatible endpoint.
 *
 * <p>The model's name says who publishes it, and that says how it is asked: Claude in the Messages dialect by {@code
 * rawPredict}, with {@code model} cut out of the body and {@code anthropic_version} put in, so that an Anthropic client's bytes
 * pass; Gemini and tuned models (a number) in Gemini's dialect by {@code generateContent}; Mistral in OpenAI's dialect by {@code rawPredict}; everything else through
 * {@code endpoints/openapi}, its publisher put in front of its name where the caller left it out.
 *
 * <h2>Access</h2>
 * A credential is the JSON of a service account or of a user ({@code gcloud auth application-default login}), or a ready
 * access token. The JSON is exchanged for a token once, and again shortly before that one expires; calls that come meanwhile
 * use the old one, or wait for the one exchange under way. The token address of the JSON must be Google's, because a caller
 * may have written it; only the operator may name another ({@code GOOGLE_VERTEX_AI_TOKEN_URL}). The project may stand in the
 * JSON; the location is {@code global} unless said. On Google's own machines the operator may have the token of the machine's
 * service account instead ({@code GOOGLE_VERTEX_AI_METADATA=true}), also under workload identity; no caller can. No message holds any part of a credential.
 *
 * @see <a href="https://cloud.google.com/vertex-ai/generative-ai/docs/partner-models/claude/use-claude">Google: Claude on Vertex AI</a>
 * @see <a href="https://developers.google.com/identity/protocols/oauth2/service-account">Google: tokens for service accounts</a>
 */
package org.sluice.gateway.provider.vertex;
