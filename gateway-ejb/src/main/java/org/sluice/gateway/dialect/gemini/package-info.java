/**
 * Google's generateContent, spoken with providers and clients of the Gemini API and of Vertex AI.
 *
 * <p>Stateless but for the readers and writers of one stream. The path names the model and asks for a stream; the body does
 * neither. Names may be written in camel or in snake case, a finish reason or a type as a number. Reading a provider is
 * lenient: parts without a word in the vocabulary stay whole ({@code Part.Opaque}, dialect {@code gemini}), empty ones are
 * passed over. Members without a word are {@code extras}; those of nested objects under its name and a dot ({@code
 * generationConfig.responseModalities}, {@code usage.trafficType} on the answer). {@code finishReason} is an extra of the
 * choice where it says more than the finish reason.
 *
 * <h2>Reading</h2>
 * <ul>
 * <li>A stream has no last event: it has ended well when every candidate has given a finish reason or the prompt was
 *     blocked, and then the connection ends. Finish reasons are told at the end, because some servers give one with every
 *     event. Counters are cumulative; the last value of each holds and nothing is added up. Input counts what tools
 *     brought, output counts thoughts.
 * <li>A call without an id gets one made from the answer's id, the same whenever it is read; such ids never go to Gemini.
 *     Arguments that come in pieces ({@code partialArgs}) are put together and told when the call is complete.
 * <li>A part with {@code thought} is a thought. The signature of a call is its extra {@code thought_signature}; that of a
 *     text or a picture follows it as a thought without words, so that every client's dialect can carry it back.
 * <li>STOP with a call is TOOL_CALLS; SAFETY, RECITATION, BLOCKLIST, PROHIBITED_CONTENT, SPII and the like, and a blocked
 *     prompt without candidates, are CONTENT_FILTER; an unknown reason is STOP with its name kept.
 * <li>{@code groundingMetadata} and {@code citationMetadata} stay as they are and are told as {@code annotations} too, counted
 *     in characters instead of bytes; {@code logprobsResult} as {@code logprobs}; pictures as {@code images}.
 * </ul>
 *
 * <h2>Writing a request</h2>
 * <ul>
 * <li>Leading system and developer messages become {@code systemInstruction}; one in the middle stays in its place as user
 *     text between {@code <system>} marks. If there is nothing else, the instructions are sent as the user's turn.
 * <li>Neighbouring turns of the model are one turn. Results stand in a turn of their own, in the order of their calls, named
 *     by looking up the call. Words become {@code {"result": words}}, a failure's {@code {"error": words}}, a JSON object goes
 *     as it is. Pictures in results go inside them from Gemini 3 on, before in the turn after them.
 * <li>Empty texts, other models' thoughts and their signatures are left out. From Gemini 3 on the first call of a turn
 *     without a signature gets Google's word for calls of other models.
 * <li>Media by base64 is {@code inlineData}, by URL or file {@code fileData} with a media type guessed by its ending.
 * <li>Choice of tools: auto AUTO, required ANY, none NONE, a named one ANY with its name; OpenAI's allowed tools VALIDATED or
 *     ANY with their names. Web search, code execution and web fetch of other providers become Google's own tools.
 * <li>Schemas go as JSON schema ({@code parametersJsonSchema}, {@code responseJsonSchema}) from Gemini 2.5 on, which ignores
 *     keywords it does not know; so nothing is lost and references may be recursive. Older models and Gemma take Google's own
 *     {@code Schema} only: {@link org.sluice.gateway.dialect.gemini.SchemaFit} fits it, and refuses with the path what it
 *     cannot say (recursion, references to other documents, parts of different types).
 * <li>A JSON answer beside function tools is native from Gemini 3 on; before, it is asked for in words.
 * </ul>
 *
 * <h2>Thinking</h2>
 * From Gemini 3 on effort becomes {@code thinkingLevel}: none and minimal MINIMAL (Pro: LOW), low LOW, medium MEDIUM (3.0 Pro:
 * HIGH), more HIGH; a budget to 2,048 LOW, to 8,192 MEDIUM, more HIGH. Gemini 2.5 gets {@code thinkingBudget}: minimal and low
 * 1,024, medium 8,192, high 24,576, more the most the model takes, none 0 (Pro: 128); enabled alone -1. Thoughts are asked for
 * with it. Older models get nothing.
 *
 * <h2>Parameters without counterpart</h2>
 * Refused with 400, because the answer would not be what was asked for: tools, choices of tools and content parts of other
 * providers. Left out and told as losses: {@code user}, {@code parallel_tool_calls: false} and every parameter of another
 * dialect that is not named here. {@code safetySettings}, {@code cachedContent}, {@code labels} and {@code modelArmorConfig}
 * pass from every dialect. Hints that change no answer ({@code cache_control}, {@code detail}, {@code strict}) are left out.
 *
 * <h2>Writing an answer</h2>
 * Signatures of other dialects and encrypted thoughts go as base64 of a mark and the text, since Google's clients take base64
 * only, and are read again when they come back. Ids of calls are told unless they were made here. Calls of a stream are told
 * whole; its last event holds finish reasons, citations and usage. Citations of other dialects (package {@code citation}) are
 * told unless there are Google's own: pages as {@code citationMetadata.citationSources}, documents as {@code groundingMetadata}
 * with {@code retrievedContext}, places in bytes. Counters without a place, cache writes, are left out.
 *
 * <p>Limits: 4,096 contents, 1,024 tools, 64 stop sequences, 128 candidates.
 *
 * @see <a href="https://ai.google.dev/api/generate-content">Gemini API: generateContent</a>
 */
package org.sluice.gateway.dialect.gemini;
