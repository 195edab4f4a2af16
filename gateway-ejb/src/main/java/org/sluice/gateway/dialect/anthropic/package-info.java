/**
 * Anthropic's Messages API, version 2023-06-01, spoken with providers and clients.
 *
 * <p>Stateless but for the readers and writers of one stream. Reading a provider is lenient: blocks, deltas and events
 * without a word in the vocabulary stay whole ({@code Part.Opaque}, dialect {@code anthropic}) or are passed over; only a
 * body that is no message fails (UPSTREAM_INVALID). Members without a word are {@code extras}; those of nested objects
 * under its name and a dot ({@code usage.server_tool_use} on the answer, {@code output_config.task_budget}). {@code
 * stop_sequence}, {@code stop_details}, {@code container} and {@code context_management} are extras of the choice; {@code
 * stop_reason} is one where it says more than the finish reason.
 *
 * <h2>Writing a request</h2>
 * <ul>
 * <li>Leading system and developer messages become {@code system}: a string when one plain text, else blocks. One in the
 *     middle becomes a {@code system} turn where the model takes it and the place allows (after a user turn, before the
 *     model speaks); else it stays in its place as user text between {@code <system>} marks. If there is nothing else, the
 *     instructions are sent as the user's turn.
 * <li>Neighbouring turns of one role are merged; tool results join the user turn and stand first in it. Blank texts,
 *     reasoning without signature and speaker names are left out. A breakpoint on a message goes to its last block.
 * <li>Call ids keep to {@code [a-zA-Z0-9_-]}, other characters become {@code _}. Arguments that are no JSON object are sent
 *     as {@code {"arguments": text}}.
 * <li>Images: base64, URL, file id. Documents: PDF, text (base64 text is decoded), URL, file id. Sound is refused.
 * <li>{@code max_tokens} is 4,096, plus the thinking budget, when not given. A temperature over 1, Anthropic's most, is
 *     sent as 1. Sampling parameters a model refuses are sent all the same: the provider's answer says it best.
 * <li>{@code response_format}: a schema becomes {@code output_config.format} from Claude 4.5 on (and Opus 4.1), fitted as
 *     {@link org.sluice.gateway.dialect.anthropic.SchemaFit} says; before, a forced tool of a reserved name whose call is
 *     read back as text. {@code json_object} becomes an instruction at the end of {@code system}.
 * <li>{@code web_search_options} becomes Anthropic's web search tool; {@code service_tier} default becomes standard_only.
 * </ul>
 *
 * <h2>Thinking</h2>
 * A {@code thinking} object is sent as written. {@code reasoning_effort} becomes, from Claude 4.6 on, {@code thinking:
 * adaptive} (with {@code display: summarized} where text is hidden otherwise) and {@code output_config.effort}: minimal and
 * low become low, medium, high and max stay, xhigh stays from 4.7 on and is high before; none switches thinking off, or
 * means low where the model cannot stop. Claude 3.7 to 4.5 get a budget: minimal 1,024, low 2,048, medium 8,192, high
 * 16,384, more 24,576 tokens, at most three quarters of {@code max_tokens}, none under 1,024. Older models get nothing. No
 * thinking is derived where a tool is forced, nor with a budget where tool results follow a turn that did not think.
 *
 * <h2>Parameters without counterpart</h2>
 * Refused with 400, because the answer would not be what was asked for: {@code n} over 1, {@code logprobs}, {@code
 * top_logprobs}, audio in {@code modalities}, sound parts, tools and tool choices of other providers. Left out and told as
 * losses ({@code Unsaid}): {@code frequency_penalty}, {@code presence_penalty}, {@code logit_bias}, {@code seed}, {@code
 * store}, {@code verbosity}, {@code prediction}, {@code prompt_cache_key}, {@code prompt_cache_retention}, {@code audio},
 * {@code metadata} but for {@code user_id}, {@code safety_identifier} where there is a {@code user}, service tiers but auto,
 * default and standard_only, {@code search_context_size}, {@code reasoning_effort} of models that do not think, speaker
 * names, unknown members of messages, {@code detail} of images but auto, {@code strict} of tools on models without
 * structured outputs. Changed and told: a temperature over 1. No loss, so not told: {@code stream_options}, {@code n} of 1,
 * {@code logprobs} false, {@code modalities} of text. A parameter unknown to the vocabulary passes when the client's dialect
 * is this one; from another, {@code mcp_servers}, {@code container}, {@code context_management}, {@code cache_control},
 * {@code inference_geo}, {@code speed} and {@code output_config} pass, all else is left out and told.
 *
 * <h2>Signatures</h2>
 * To Claude goes Claude's alone: thoughts that another model signed, or nobody, are left out silently, as is what signs a
 * call. A client carries any: a call's in {@code id}, a thought's in {@code signature} behind a mark, where an unsigned
 * thought has the mark alone. What comes back is taken apart again; a body that holds the mark does not pass as bytes but
 * is written anew, also to Anthropic.
 *
 * <h2>Citations</h2>
 * Claude's own stay on their text as they are. Of other dialects' (package {@code citation}) pages are told as {@code
 * web_search_result_location} with the mark in {@code encrypted_index}, and taken out again before Claude is asked; documents are
 * left out, because Claude's citations name places in documents of the request.
 *
 * <h2>Passing through</h2>
 * Bytes pass with the model renamed, the gateway's members cut out, {@code metadata} cut down to {@code user_id} (the
 * gateway's parameters travel in it) and {@code max_tokens} put in. {@code anthropic-version} and {@code anthropic-beta}
 * go on with them, and the client's win over the operator's.
 *
 * @see <a href="https://platform.claude.com/docs/en/api/messages">Claude: Messages API</a>
 */
package org.sluice.gateway.dialect.anthropic;
