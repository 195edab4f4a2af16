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
 * again when a client sends it back; what is said beside the counters of usage stands in {@code usage}.
 *
 * <p>Members this vocabulary has no word for stay as exact JSON in {@code extras}; members of a nested object under its
 * name and a dot ({@code image_url.quality}). Stateless but for one stream's readers and writers; thread-safe.
 *
 * <p>Limits: 4,096 messages, 1,024 tools, 64 stop sequences, 1,024 members of {@code logit_bias}, {@code n} to 128.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/chat">OpenAI: chat completions</a>
 */
package org.sluice.gateway.dialect.openai;
