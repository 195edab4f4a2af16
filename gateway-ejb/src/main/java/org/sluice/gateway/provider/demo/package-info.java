/**
 * A provider without a network: model {@code demo/echo}, for first calls, tests and load.
 *
 * <p>It takes OpenAI request bytes and gives OpenAI answer bytes, and what it says follows from the request alone:
 * <ul>
 * <li>it answers with the text of the last message; images, sounds and files in it are described by type and size;
 * <li>{@code call <tool> <json>} on a line of its own calls that tool, if it is on offer, one call a line (only the first
 *     when {@code parallel_tool_calls} is false); a {@code tool_choice} that forces a call gets one with sample arguments;
 * <li>{@code response_format} gets a small document with every required property of the schema;
 * <li>{@code fail <status>} fails with that status, 400 to 599, in OpenAI's shape; 429 and 503 with {@code Retry-After: 1};
 *     {@code fail midstream} fails after half the answer, {@code fail cut} ends in the middle without a word.
 * </ul>
 *
 * <p>Tokens: an answer's token is a word with the white space after it, which is also what one event of a stream
 * carries; a prompt has one token for every four bytes of {@code messages}. An answer ends after {@code max_tokens}, at
 * most 16,384, or 65,536 characters, with finish reason {@code length}. Only the last message is decoded. Thread-safe.
 */
package org.sluice.gateway.provider.demo;
