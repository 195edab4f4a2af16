/**
 * Sources of what a model says, in one form for every dialect.
 *
 * <p>In the canonical chat citations stay as the provider wrote them, extras of their text, of the message or of the answer:
 * {@code annotations} (OpenAI's, and what Gemini's grounding is told as), {@code item.annotations} (Responses),
 * {@code citations} (Anthropic, Converse, Cohere; addresses alone from Perplexity, with {@code search_results} beside them).
 * {@link org.sluice.gateway.citation.CitationReader} knows each form by its shape, so that a client's dialect writes them in
 * its own words without knowing the provider's. A client of the provider's dialect gets them as they came.
 *
 * <ul>
 * <li>Places count UTF-16 characters of the whole answer's text, from inclusive, to exclusive. A citation without a place of
 *     its own speaks of its whole text: the block it stands on, or the answer.
 * <li>A citation names a page by address, or a document: a file's id, a title, the words quoted. What names neither is none.
 * <li>One that comes in a stream without a place waits until its text has ended ({@link
 *     org.sluice.gateway.citation.CitedText}).
 * </ul>
 *
 * <p>Stateless but for one stream's {@code CitedText}; knows {@code chat} and {@code json} only. Bad JSON cites nothing.
 */
package org.sluice.gateway.citation;
