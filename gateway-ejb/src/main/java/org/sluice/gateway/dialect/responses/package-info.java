/**
 * OpenAI's Responses API, spoken with clients and with the providers that have it.
 *
 * <p>Stateless but for the readers and writers of one stream. A request is read strictly at its top level, leniently below.
 * What has no word in the vocabulary stays: members of items, parts and tools as extras under {@code item.}, those of a
 * message of the assistant on its first part under {@code item.message.}, those of an answer under {@code response.} and
 * {@code usage.}; items and content parts of another type whole ({@code Part.Opaque}, dialect {@code responses}). Other
 * dialects leave all of them out.
 *
 * <h2>Reading a request</h2>
 * <ul>
 * <li>{@code instructions} are a system message in front. Messages keep their place and role, developer and system apart.
 * <li>Neighbouring items of the model (reasoning, messages, calls) are one turn of the assistant, in their order.
 * <li>{@code function_call} and {@code custom_tool_call} are calls known by {@code call_id}, their {@code _output}s are
 *     results, in order, each a message of its own. A custom tool is a function of one string {@code input} to whoever has
 *     no custom tools; its calls come back to the client as {@code custom_tool_call}.
 * <li>Built-in tools and their calls are kept whole and told only to providers of this dialect.
 * <li>{@code background: true} is refused: answers are given while the call waits.
 * </ul>
 *
 * <h2>Reasoning</h2>
 * A reasoning item is a thought; its text is the content where there is one, else the summary, parts joined by an empty
 * line. Its signature is {@code responses:id|encrypted_content}. Clients get signatures of any dialect in {@code
 * encrypted_content}, those of others with the owner's name in front ({@code anthropic:}, {@code gemini:}, {@code
 * details@openrouter:}, {@code anthropic-redacted:}), whether or not they asked for it in {@code include}: without it the next turn would lose it.
 * Providers get only what is theirs, also where the client's bytes would pass. The signature of a tool call travels in the call's id.
 *
 * <h2>Writing an answer</h2>
 * An answer repeats what was asked ({@code Asked}), with OpenAI's defaults. Ids of the gateway's making have {@code gw} after
 * the kind ({@code msg_gw...}) and are never told to a provider. An answer cut by the token limit is {@code incomplete} with
 * {@code max_output_tokens}, by a filter or a refusal of the provider with {@code content_filter}. Thoughts are told as
 * summary, which is what clients show. Citations of other dialects (package {@code citation}) become {@code url_citation}s,
 * of a provider's file {@code file_citation}s, of another document {@code document_citation}s, a type of the gateway's own that goes to no
 * provider, told when their text ends. A failure in a stream is an event {@code error}, the last of it.
 *
 * <h2>Streams</h2>
 * Events are numbered from 0, the failure that ends a stream too; an item has one id from its beginning to its end, a provider's
 * where that is known when the item begins; items from 0 in the order they begin; each {@code added} has its {@code done}. A message or a
 * thought ends when the next piece begins, calls stay open side by side until they end.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/responses">OpenAI: Responses</a>
 */
package org.sluice.gateway.dialect.responses;
