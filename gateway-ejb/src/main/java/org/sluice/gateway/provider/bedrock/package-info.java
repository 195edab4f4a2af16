/**
 * Models at Amazon Bedrock: the Converse API for all of them, InvokeModel for Anthropic clients that ask for Claude.
 *
 * <p>Calls are signed with AWS Signature Version 4, or carry a Bedrock API key as bearer. Whole answers are JSON; streams
 * come in AWS's binary event stream, whose checksums are verified: a damaged or cut stream is an error, never a short answer.
 *
 * <h2>Anthropic clients</h2>
 * A request in the Messages dialect for a Claude model passes to InvokeModel byte for byte but for {@code model} and {@code
 * stream}, which are cut out, and {@code anthropic_version}, which is put in. The events of the stream come back as the
 * server-sent events they are at Anthropic. A Claude behind an opaque inference profile ARN is not known to be one: Converse.
 *
 * <h2>Writing a Converse request</h2>
 * <ul>
 * <li>Leading system and developer messages become {@code system}; one in the middle stays in its place as user text between
 *     {@code <system>} marks; if there is nothing else, they are the user's turn. Neighbouring turns of one role are merged,
 *     tool results stand first in a turn, blank texts are left out.
 * <li>Images, documents, sound and video are sent as bytes; {@code s3://} addresses as {@code s3Location}. Any other address
 *     and file ids are refused with 400, because Bedrock fetches nothing. Names of documents lose their ending and every
 *     character Bedrock refuses, and are made unique.
 * <li>{@code cache_control} becomes a {@code cachePoint} behind the part, with its {@code ttl}, for Claude and Nova (not on
 *     Nova's tools); it is left out for other models.
 * <li>Call ids keep to 64 of {@code [a-zA-Z0-9_-]}, the same way in a call and its result. Arguments that are no JSON object
 *     are sent as {@code {"arguments": text}}.
 * <li>Tool choice: auto, required ({@code any}) and named ({@code tool}) as such; none leaves the tools out. Where the
 *     conversation holds calls, Bedrock wants tools defined: they are kept, or named after the calls, and nothing forces them.
 * <li>{@code parallel_tool_calls: false} is told to Claude, left out for others. {@code strict} tools only where the model has
 *     structured outputs.
 * <li>A JSON schema becomes {@code outputConfig.textFormat} where the model has structured outputs, a forced tool of a
 *     reserved name, read back as text, for older Claude and Nova, and an instruction for the rest; {@code json_object} is
 *     an instruction.
 * <li>Thinking: Claude gets what {@link org.sluice.gateway.dialect.anthropic} derives; Nova 2 {@code reasoningConfig}, OpenAI's
 *     open models {@code reasoning_effort}, Qwen {@code reasoning_config}; for others effort is left out. {@code top_k} goes
 *     under the name the model's family has for it. Signed reasoning goes back to Claude only.
 * <li>{@code guardrailConfig}, {@code additionalModelRequestFields} (which win over what is derived), {@code
 *     additionalModelResponseFieldPaths}, {@code requestMetadata}, {@code performanceConfig}, {@code promptVariables} and {@code
 *     serviceTier} pass; {@code service_tier} priority and flex become the latter. A content part with a member {@code
 *     guardContent}, {@code searchResult}, {@code citationsContent} or another of Converse's passes.
 * <li>Refused with 400: {@code n} over 1, log probabilities, sound as answer, tools of other providers. Everything else
 *     without a word is left out and reported. A temperature over 1 is sent as 1 to Claude.
 * </ul>
 *
 * <h2>Reading an answer</h2>
 * Converse names neither an id nor a model: the id is made by the client's dialect, the model is the one that was asked.
 * Calls of the provider's own tools, their results and unknown blocks stay whole ({@code Part.Opaque}, dialect {@code
 * converse}); citations are an extra of their text. Input tokens count the prompt cache in. {@code guardrail_intervened} and
 * {@code content_filtered} are content filters, told exactly in {@code stopReason}; {@code trace} and {@code metrics} are extras.
 * Errors have the type of {@code x-amzn-ErrorType}, those inside a stream the status they would have had before it.
 *
 * @see <a href="https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html">AWS: Converse</a>
 */
package org.sluice.gateway.provider.bedrock;
