/**
 * The OpenAI chat completions dialect, with the variants its compatible providers speak.
 *
 * <p>A request is read strictly at its top level ({@code OutlineReader}) and, towards a provider of the same dialect,
 * leaves as the client's own bytes with a few members cut out or replaced ({@code ForwardedRequest}); a stream passes
 * through while {@code StreamWatch} only looks for usage, errors and the end. Translation goes over the canonical chat.
 * Towards providers reading is lenient: reasoning as {@code reasoning_content} or {@code reasoning}, usage in any of the
 * places providers put it, errors in any of their shapes.
 *
 * <p>What only Anthropic's dialect knows goes out as its own blocks and tools to servers of Claude models, and is left out
 * for all others ({@code ModelFamily}). An answer's blocks without a word here stand in {@code content_blocks}, which is read
 * again when a client sends it back; pages that another dialect's answer cites stand in {@code annotations} (package {@code
 * citation}), in a stream in one piece before the finish reason, documents in {@code citations} alone; what is said beside the counters of usage stands in {@code usage}.
 *
 * <p>Members this vocabulary has no word for stay as exact JSON in {@code extras}; members of a nested object under its
 * name and a dot ({@code image_url.quality}). Stateless but for one stream's readers and writers; thread-safe.
 *
 * <h2>From another dialect</h2>
 * An OpenAI client's request keeps everything. Of another dialect's ({@code Crossing}) servers of Claude models take all of
 * Anthropic's; other models get what this wire knows, and the rest is told as losses:
 * <ul>
 * <li>Left out and told: parameters this API does not have, tools and content of another provider, members of parts,
 *     messages and tools, {@code top_k} and thinking where the model has none. Changed and told: a fifth stop sequence and
 *     what follows, effort {@code max} (sent as high), {@code is_error} of a tool result (only its words say so).
 * <li>No loss, so not told: {@code cache_control} (caching needs none here), thoughts of other models, {@code caller} of
 *     calls. A user identifier over 64 characters is sent to OpenAI as its SHA-256. {@code standard_only} is default.
 * <li>Images and documents in a tool result follow as the user's turn after the last result, because results are text.
 * <li>Thinking: a budget is an effort for OpenAI's reasoning models; DeepSeek, GLM, Kimi, MiniMax, Qwen and MiMo get {@code
 *     thinking} on or off and their thoughts back as {@code reasoning_content}; other models get an effort only.
 * </ul>
 *
 * <h2>Signatures</h2>
 * A client carries those of any model: a call's in its {@code id}, a thought's in {@code thinking_blocks}. Those of a router
 * are its {@code reasoning_details}, which stay what they are here and are {@code details:[...]} everywhere else. What comes back is
 * taken apart again and goes to its own model only. OpenAI's own models, which refuse members they do not know, get no
 * thoughts at all: a body that holds any, or a carried signature, is written anew instead of passing as bytes.
 *
 * <p>Limits: 4,096 messages, 1,024 tools, 64 stop sequences, 1,024 members of {@code logit_bias}, {@code n} to 128.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/chat">OpenAI: chat completions</a>
 */
package org.sluice.gateway.dialect.openai;
